package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How statements with arrays are written for databases that have none. */
class ArrayNotationTest {

    @Test
    void anArrayInAConditionBecomesAList() {
        assertThat(rewrite("WHERE id = ANY(:jobs) AND other <> ALL(:seen)"))
                .isEqualTo("WHERE id IN (:jobs) AND other NOT IN (:seen)");
    }

    @Test
    void arraysThatAreReadAsRowsBecomeOneParameterOfJson() {
        assertThat(rewrite("""
                        SELECT edge.job FROM UNNEST(CAST(:jobs AS UUID ARRAY),
                            CAST(:places AS INTEGER ARRAY)) AS edge(job, place)"""))
                .isEqualTo("SELECT edge.job FROM JSON(:rows__jobs__places, edge, [job, place], [UUID, INTEGER])");
    }

    @Test
    void castsOfParametersAreLeftOutAndOthersStay() {
        assertThat(rewrite("SELECT CAST(:next AS UUID), CAST(job.id AS CHAR)"))
                .isEqualTo("SELECT :next, CAST(job.id AS CHAR)");
    }

    @Test
    void theRowsHoldTheArraysElementsSideBySide() {
        UUID id = new UUID(1, 2);

        assertThat(ArrayNotation.json(
                        "rows__ids__at_millis__blocked",
                        Map.of(
                                "ids",
                                new UUID[] {id, id},
                                "at_millis",
                                new Long[] {null, 7L},
                                "blocked",
                                new Boolean[] {true, false})))
                .isEqualTo("[[\"%s\",null,true],[\"%s\",7,false]]".formatted(id, id));
    }

    @Test
    void textsAreEscapedInJson() {
        assertThat(JsonValue.of("a\"b\\c\nd\u0000é\uD83D\uDE00"))
                .isEqualTo("\"a\\\"b\\\\c\\u000ad\\u0000é\uD83D\uDE00\"");
    }

    private static String rewrite(String text) {
        return ArrayNotation.rewrite(
                text,
                (parameter, alias, names, types) -> "JSON(%s, %s, %s, %s)".formatted(parameter, alias, names, types));
    }
}
