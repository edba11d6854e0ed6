package ee.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.spi.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation draws the statuses as {@link Transition} declares them. */
class TransitionDiagramTest {

    private static final Path PAGE = Path.of("../src/docs/concepts.md");
    private static final String BEGIN = "```mermaid\n";
    private static final String END = "```\n";

    @Test
    void theDiagramInTheDocumentationIsTheTransitionTable() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        assertThat(begin).as("%s holds a mermaid block", PAGE).isNotNegative();

        String shown = page.substring(begin, page.indexOf(END, begin + BEGIN.length()) + END.length());

        assertThat(shown)
                .as("the diagram in %s; it should be:%n%s", PAGE, diagram())
                .isEqualTo(diagram());
    }

    private static String diagram() {
        StringBuilder text = new StringBuilder(BEGIN).append("stateDiagram-v2\n");
        text.append("    [*] --> BLOCKED: start, continue\n");
        text.append("    [*] --> PENDING: start, continue\n");
        for (Status from : Status.values()) {
            for (Status to : Status.values()) {
                String verbs = verbs(from, to);
                if (!verbs.isEmpty()) {
                    text.append("    %s --> %s: %s\n".formatted(from, to, verbs));
                }
            }
        }
        return text.append(END).toString();
    }

    private static String verbs(Status from, Status to) {
        return Arrays.stream(Transition.values())
                .filter(transition -> transition.from().contains(from))
                .filter(transition -> transition.to().contains(to))
                .map(transition -> transition.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }
}
