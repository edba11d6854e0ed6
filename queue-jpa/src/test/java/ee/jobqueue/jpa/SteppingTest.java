package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** How a change and its use are taken apart. */
class SteppingTest {

    @Test
    void anUpdatePicksItsRowsByItsOwnConditionThenChangesThemByTheirIds() {
        Steps steps = Stepping.steps(Sql.changing(
                "UPDATE job j SET a = (SELECT b FROM c WHERE c.id = j.id) WHERE j.a = :a",
                "SELECT changed.id FROM {changed}"));

        assertThat(steps)
                .isEqualTo(new Steps(
                        null,
                        "SELECT id FROM job j\nWHERE j.a = :a FOR UPDATE",
                        "UPDATE job j SET a = (SELECT b FROM c WHERE c.id = j.id) WHERE id = ANY(:changed)",
                        "SELECT changed.id FROM (SELECT * FROM job WHERE id = ANY(:changed)) AS changed",
                        null));
    }

    @Test
    void theRowsOfADeletionAreUsedBeforeTheyAreGone() {
        Steps steps =
                Stepping.steps(Sql.changing("DELETE FROM worker WHERE lease <= 1", "SELECT changed.id FROM {changed}"));

        assertThat(steps)
                .isEqualTo(new Steps(
                        null,
                        "SELECT id FROM worker\nWHERE lease <= 1 FOR UPDATE",
                        null,
                        "SELECT changed.id FROM (SELECT * FROM worker WHERE id = ANY(:changed)) AS changed",
                        "DELETE FROM worker WHERE id = ANY(:changed)"));
    }

    @Test
    void theRowsOfAnInsertAreFoundByTheIdsThatItWasGiven() {
        Steps steps = Stepping.steps(Sql.changing("INSERT INTO job (id) SELECT 1", "SELECT changed.id FROM {changed}"));

        assertThat(steps.before()).isEqualTo("INSERT INTO job (id) SELECT 1");
        assertThat(steps.text())
                .isEqualTo("SELECT changed.id FROM (SELECT * FROM job WHERE id = ANY(:ids)) AS changed");
    }

    @Test
    void aChangeWithoutAConditionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stepping.steps(Sql.changing("UPDATE job SET a = 1", "SELECT 1")))
                .withMessageContaining("no condition");
    }
}
