package ee.jobqueue.conformance;

import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.WalkSteps.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws the deletions of a random walk: of a chain, which is refused while another one needs it, or by age. */
final class WalkDeletions {

    /** Between the whole hours by which time moves. */
    private static final Duration AGE = Duration.ofMinutes(330);

    private final Random random;
    private final WalkSide model;

    WalkDeletions(Random random, WalkSide model) {
        this.random = random;
        this.model = model;
    }

    Step next() {
        if (random.nextInt(4) == 0) {
            Set<Status> over =
                    random.nextBoolean() ? Set.of(Status.COMPLETED) : Set.of(Status.COMPLETED, Status.FAILED);
            return new Step(
                    "delete what is over, " + over,
                    side -> side.numbers(side.store().deleteOver(over, AGE, 1_000)),
                    WalkSide::forgetDeleted);
        }
        int job = random.nextInt(model.jobCount());
        int chain = random.nextInt(5) == 0 ? job : model.view(job).chain();
        Cascade cascade = random.nextBoolean() ? Cascade.NONE : Cascade.BLOCKERS;
        if (random.nextInt(3) == 0) {
            int other = model.view(random.nextInt(model.jobCount())).chain();
            return new Step(
                    "delete what can be of chains " + chain + " and " + other + " cascade " + cascade,
                    side -> {
                        Collected refusals = new Collected();
                        Set<ChainId> both = new HashSet<>(List.of(side.chain(chain), side.chain(other)));
                        List<Integer> deleted = side.numbers(side.store().delete(both, cascade, refusals));
                        return List.of(deleted, side.refused(refusals));
                    },
                    WalkSide::forgetDeleted);
        }
        return new Step(
                "delete chain " + chain + " cascade " + cascade,
                side -> side.numbers(side.store().delete(Set.of(side.chain(chain)), cascade)),
                WalkSide::forgetDeleted);
    }
}
