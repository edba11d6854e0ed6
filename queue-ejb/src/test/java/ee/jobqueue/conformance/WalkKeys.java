package ee.jobqueue.conformance;

import ee.jobqueue.Deduplication.Scope;
import ee.jobqueue.JobId;
import ee.jobqueue.spi.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws the deduplication keys of a random walk: a few, so that most are held, by several chains now and then. */
final class WalkKeys {

    /** Between the whole hours by which time moves. */
    private static final Duration WINDOW = Duration.ofMinutes(90);

    /** So that no two steps start chains at the same moment on one side only: of two chains the newer one is found. */
    private static final Duration APART = Duration.ofMillis(1);

    /** Of how many chains that were started last under a key one is disregarded. */
    private static final int LAST = 4;

    private final Random random;
    private final WalkSide model;
    /** The chains that were started under each key, in the model. */
    private final Map<String, List<JobId>> started = new HashMap<>();

    WalkKeys(Random random, WalkSide model) {
        this.random = random;
        this.model = model;
    }

    WalkJob.Key draw() {
        String key = "k" + random.nextInt(3);
        Duration window = random.nextInt(3) == 0 ? WINDOW : null;
        Scope scope = random.nextInt(3) == 0 ? Scope.ANY : Scope.INCOMPLETE;
        return new WalkJob.Key(key, scope, window, drawDisregarded(key));
    }

    /** Up to two of the last ones that are there. */
    private List<Integer> drawDisregarded(String key) {
        List<Integer> there = started.getOrDefault(key, List.of()).stream()
                .map(model::number)
                .filter(number -> number >= 0)
                .toList();
        int last = Math.min(LAST, there.size());
        return last == 0
                ? List.of()
                : random.ints(random.nextInt(3), there.size() - last, there.size())
                        .mapToObj(there::get)
                        .distinct()
                        .toList();
    }

    /** Notes what the model started. */
    void note(List<WalkJob> jobs, List<Started> outcomes) {
        for (int i = 0; i < jobs.size(); i++) {
            WalkJob.Key key = jobs.get(i).key();
            if (key != null && !outcomes.get(i).deduplicated()) {
                started.computeIfAbsent(key.key(), none -> new ArrayList<>())
                        .add(outcomes.get(i).lastJob().job().id());
            }
        }
    }

    /** Lets a side's time pass by so little that nothing else happens by it. */
    static void apart(WalkSide side) {
        side.harness().advance(APART);
    }
}
