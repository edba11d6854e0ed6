package ee.jobqueue.chaos.member;

import java.util.SplittableRandom;

/** How long jobs take: most are short, one in four about a second, and one in twenty nearly as long as the lease. */
final class Durations {

    private Durations() {}

    /** Always the same for a key. */
    static int of(String key) {
        SplittableRandom random = new SplittableRandom(key.hashCode());
        int kind = random.nextInt(20);
        if (kind == 0) {
            return random.nextInt(2_500, 3_500);
        }
        return kind < 6 ? random.nextInt(300, 1_500) : random.nextInt(5, 50);
    }
}
