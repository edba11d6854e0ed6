package ee.jobqueue.sample.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CsvRowTest {

    @Test
    void fieldsAreSeparatedByCommasAndStripped() throws Exception {
        assertThat(CsvRow.split("Ada, LAMP-OAK ,2")).containsExactly("Ada", "LAMP-OAK", "2");
    }

    @Test
    void aQuotedFieldMayHoldCommasAndDoubledQuotes() throws Exception {
        assertThat(CsvRow.split("\"Lovelace, \"\"Ada\"\"\",LAMP-OAK,2"))
                .containsExactly("Lovelace, \"Ada\"", "LAMP-OAK", "2");
    }

    @Test
    void emptyFieldsAreFieldsAlsoAtTheEnds() throws Exception {
        assertThat(CsvRow.split("")).containsExactly("");
        assertThat(CsvRow.split(",,")).containsExactly("", "", "");
        assertThat(CsvRow.split("\"\",a,\"\"")).containsExactly("", "a", "");
    }

    @Test
    void brokenQuotesAreRefusedWithAReason() {
        assertRefused("\"Ada,LAMP-OAK,2", "not closed");
        assertRefused("\"Ada\"x,LAMP-OAK,2", "after a closing quote");
        assertRefused("A\"da,LAMP-OAK,2", "not quoted");
    }

    private static void assertRefused(String row, String reason) {
        assertThatThrownBy(() -> CsvRow.split(row))
                .isInstanceOf(MalformedRowException.class)
                .hasMessageContaining(reason);
    }
}
