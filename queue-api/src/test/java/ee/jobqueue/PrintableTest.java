package ee.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void whatMovesTheCursorOrStartsALineIsWrittenOut() {
        assertThat(Printable.line("a\nb\r\nc\td\u000b\f\b\u0007\u0000\u007f"))
                .isEqualTo("a\\nb\\r\\nc\\td\\u000b\\u000c\\u0008\\u0007\\u0000\\u007f");
        assertThat(Printable.line("\u0085\u2028\u2029")).isEqualTo("\\u0085\\u2028\\u2029");
        assertThat(Printable.line("\u001b[31mred\u009b0m")).isEqualTo("\\u001b[31mred\\u009b0m");
    }

    @Test
    void whatChangesTheDirectionOrIsNotSeenIsWrittenOut() {
        assertThat(Printable.line("\u202etxt.exe\u202c")).isEqualTo("\\u202etxt.exe\\u202c");
        assertThat(Printable.line("\u2066a\u2069\u200f\u061c")).isEqualTo("\\u2066a\\u2069\\u200f\\u061c");
        assertThat(Printable.line("pass\u00adword\u200b\ufeff")).isEqualTo("pass\\u00adword\\u200b\\ufeff");
        assertThat(Printable.line("tag \udb40\udc41")).isEqualTo("tag \\udb40\\udc41");
    }

    @Test
    void halfACharacterIsWrittenOutAndAWholeOneStays() {
        assertThat(Printable.line("\ud83d\ude00 \ud83d \ude00")).isEqualTo("\ud83d\ude00 \\ud83d \\ude00");
        assertThat(Printable.line("é 日本 ש \ud83d\udc69\u200d\ud83d\udcbb"))
                .isEqualTo("é 日本 ש \ud83d\udc69\u200d\ud83d\udcbb");
    }

    @Test
    void aTextThatIsFitIsTheSame() {
        String text = "payload of job type 'a' is invalid: $.b\\n";

        assertThat(Printable.line(text)).isSameAs(text);
        assertThat(Printable.text(text)).isSameAs(text);
    }

    @Test
    void aTextOfSeveralLinesKeepsThem() {
        assertThat(Printable.text("a\n\tb\r\nc\rd\u0000")).isEqualTo("a\n\tb\nc\\rd\\u0000");
    }

    @Test
    void aTextIsCutBetweenCharacters() {
        assertThat(Printable.cut("abc", 3)).isEqualTo("abc");
        assertThat(Printable.cut("abc", 2)).isEqualTo("ab");
        assertThat(Printable.cut("a\ud83d\ude00", 2)).isEqualTo("a");
    }

    @Test
    void anObjectThatCannotSayWhatItIsIsCalledByItsClass() {
        Object failing = new Object() {
            @Override
            public String toString() {
                throw new StackOverflowError();
            }
        };

        assertThat(Printable.of(failing)).isEqualTo(failing.getClass().getName());
        assertThat(Printable.of(null)).isEqualTo("null");
        assertThat(Printable.of("a\nb")).isEqualTo("a\\nb");
        assertThat(Printable.of("long".repeat(1_000))).hasSize(1_000);
    }

    @Test
    void theMessagesOfTheQueuesErrorsArePrintableAndTheirDataIsAsItWas() {
        TypeMismatchException error = new TypeMismatchException("chain a", "work", "forged\nline");

        assertThat(error).hasMessage("chain a is of type 'forged\\nline', not of type 'work'");
        assertThat(error.actual()).isEqualTo("forged\nline");
    }
}
