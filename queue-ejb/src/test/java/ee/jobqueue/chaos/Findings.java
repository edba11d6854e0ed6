package ee.jobqueue.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a look at the evidence has found. For use by one thread. */
final class Findings {

    /** Who is told of so many looks at them first; the others are counted. */
    private static final int TOLD = 5;

    private final List<Violation> violations = new ArrayList<>();
    private final List<String> excused = new ArrayList<>();

    void violation(String what, Supplier<List<String>> history) {
        violations.add(new Violation(what, violations.size() < TOLD ? history.get() : List.of()));
    }

    /** Something that happened since the machine had other things to do. */
    void excused(String what) {
        excused.add(what);
    }

    List<Violation> violations() {
        return violations;
    }

    List<String> excused() {
        return excused;
    }
}
