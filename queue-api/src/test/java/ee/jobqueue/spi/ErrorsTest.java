package ee.jobqueue.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The conformance suite has the errors that do what they like; here is what becomes of ordinary ones. */
class ErrorsTest {

    private static final StackTraceElement HERE = new StackTraceElement("shop.Card", "charge", "Card.java", 7);
    private static final StackTraceElement SERVER = new StackTraceElement("server.Task", "run", "Task.java", 1);

    @Test
    void anErrorIsDescribedAsJavaPrintsIt() {
        Exception cause = at(new IllegalStateException("declined"), HERE, SERVER);
        Exception error = at(new RuntimeException("no charge", cause), SERVER);
        error.addSuppressed(at(new IllegalArgumentException(), SERVER));

        assertThat(Errors.describe(error)).isEqualTo("""
                java.lang.RuntimeException: no charge
                \tat server.Task.run(Task.java:1)
                Caused by: java.lang.IllegalStateException: declined
                \tat shop.Card.charge(Card.java:7)
                \t... 1 more
                \tSuppressed: java.lang.IllegalArgumentException
                \t\t... 1 more
                """);
    }

    @Test
    void theDescriptionIsCut() {
        assertThat(Errors.describe(new IllegalStateException("x".repeat(20_000))))
                .hasSize(10_000);
    }

    /** Of a deep stack trace, so that there is room for the cause. */
    @Test
    void theFramesOfOneErrorAreBounded() {
        StackTraceElement[] deep = new StackTraceElement[1_000];
        java.util.Arrays.fill(deep, HERE);
        Exception error = at(new RuntimeException("deep", at(new IllegalStateException("why"), SERVER)), deep);

        assertThat(Errors.describe(error)).contains("... 940 more", "Caused by: java.lang.IllegalStateException: why");
    }

    @Test
    void aCircleEndsWhereItCloses() {
        Exception first = at(new RuntimeException("first"), HERE);
        first.initCause(at(new RuntimeException("second", first), HERE));

        assertThat(Errors.describe(first))
                .contains("first", "Caused by: java.lang.RuntimeException: second", "as above");
    }

    @Test
    void aLineNamesTheErrorAndTheFirstOfItsCauses() {
        Exception cause = new IllegalStateException("connection\nrefused");
        Exception error = new RuntimeException("no start", new RuntimeException("between", cause));

        assertThat(Errors.line(cause)).isEqualTo("java.lang.IllegalStateException: connection\\nrefused");
        assertThat(Errors.line(error))
                .isEqualTo("java.lang.RuntimeException: no start,"
                        + " caused by java.lang.IllegalStateException: connection\\nrefused");
    }

    @Test
    void aFrameForgesNoLineEither() {
        Exception error = at(new RuntimeException(), new StackTraceElement("a\nb", "c", null, -1));

        assertThat(Errors.describe(error)).isEqualTo("java.lang.RuntimeException\n\tat a\\nb.c(Unknown Source)\n");
    }

    @Test
    void aReasonIsKeptPrintableAndBounded() {
        assertThat(Errors.kept("no\r\nsuch\u0000card")).isEqualTo("no\nsuch\\u0000card");
        assertThat(Errors.kept("\u0000".repeat(10_000))).hasSize(10_000);
        assertThat(Errors.kept("x".repeat(9_999) + "\ud83d\ude00")).hasSize(9_999);
    }

    private static <E extends Throwable> E at(E error, StackTraceElement... frames) {
        error.setStackTrace(frames);
        return error;
    }
}
