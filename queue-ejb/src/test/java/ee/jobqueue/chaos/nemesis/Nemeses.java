package ee.jobqueue.chaos.nemesis;

import ee.jobqueue.chaos.Nemesis;
import java.util.List;

/**
 * All nemeses.
 *
 * @since 0.1
 */
public final class Nemeses {

    private Nemeses() {}

    /**
     * Those for which every build has time.
     *
     * @return a few that have found something
     */
    public static List<Nemesis> ofShortRounds() {
        return List.of(new LostAnswers(), new FrozenRenewal(), new OpenCancellation(), new HeldWorker());
    }

    /**
     * All there are.
     *
     * @return new ones
     */
    public static List<Nemesis> all() {
        return List.of(
                new KilledServer(),
                new PausedServer(),
                new StoppedServer(),
                new LostNetwork(),
                new SlowNetwork(),
                new CutConnections(),
                new LostAnswers(),
                new FrozenRenewal(),
                new OpenCancellation(),
                new HeldWorker(),
                new HeldJob(),
                new LostAcquire(),
                new BrokenConnections(),
                new StoppedDatabase(),
                new KilledDatabase(),
                new ImpatientDatabase(),
                new OccupiedPool());
    }
}
