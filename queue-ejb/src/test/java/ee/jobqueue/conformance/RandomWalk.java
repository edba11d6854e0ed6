package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Takes the same random steps in a store and in the in-memory store, and compares what each step returned and what can be
 * read afterwards. The seed makes a walk repeatable.
 */
final class RandomWalk {

    /** The types of its jobs; each may wait for each. */
    static final Set<String> TYPES = Set.of("a", "b");

    /** After how many steps everything is read and compared. */
    private static final int COMPARED_EVERY = 100;

    /** After how many steps it says how far it is: a long walk takes minutes. */
    private static final int REPORTED_EVERY = 1_000;

    private static final System.Logger LOG = System.getLogger("ee.jobqueue.conformance");

    private final long seed;
    private final WalkSide subject;
    private final WalkSide model;
    private final List<String> taken = new ArrayList<>();

    RandomWalk(long seed, StoreHarness subject) {
        this.seed = seed;
        this.subject = new WalkSide(subject);
        this.model = new WalkSide(new MemoryHarness());
    }

    void walk(int steps) {
        WalkSteps drawing = new WalkSteps(new Random(seed), model);
        for (int step = 1; step <= steps; step++) {
            take(drawing.next());
            if (step % COMPARED_EVERY == 0 || step == steps) {
                assertThat(differences(model.everything(), subject.everything()))
                        .as(this::history)
                        .isEmpty();
            }
            if (step % REPORTED_EVERY == 0) {
                LOG.log(Level.INFO, "walked {0} of {1} steps", step, steps);
            }
        }
    }

    private void take(WalkSteps.Step step) {
        taken.add(step.name());
        Object expected = model.attempt(step.action());
        Object actual = subject.attempt(step.action());
        assertThat(actual).as(this::history).isEqualTo(expected);
        step.afterwards().accept(model);
        step.afterwards().accept(subject);
    }

    /** The first few, since all that can be read is too much to look at. */
    private static List<String> differences(List<Object> expected, List<Object> actual) {
        return IntStream.range(0, Math.max(expected.size(), actual.size()))
                .filter(i -> i >= expected.size()
                        || i >= actual.size()
                        || !expected.get(i).equals(actual.get(i)))
                .limit(5)
                .mapToObj(i -> "expected " + (i < expected.size() ? expected.get(i) : "nothing") + "\n  but was "
                        + (i < actual.size() ? actual.get(i) : "nothing"))
                .toList();
    }

    private String history() {
        List<String> last = taken.subList(Math.max(0, taken.size() - 15), taken.size());
        return "random walk with -D" + RandomWalkContract.SEED + "=" + seed + ", step " + taken.size() + ", after\n  "
                + String.join("\n  ", last) + "\n";
    }
}
