package ee.jobqueue.conformance;

import ee.jobqueue.ChainId;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.conformance.WalkSteps.Step;
import ee.jobqueue.spi.Cancelled;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Draws the steps of a random walk by which people change chains. */
final class WalkManaging {

    private final Random random;
    private final WalkSide model;

    WalkManaging(Random random, WalkSide model) {
        this.random = random;
        this.model = model;
    }

    Step next() {
        return switch (random.nextInt(7)) {
            case 0, 1 -> retry();
            case 2, 3 -> cancel();
            case 4 -> trigger();
            case 5 -> prioritize();
            default -> reschedule();
        };
    }

    private Step retry() {
        int chain = drawStanding(Status.FAILED);
        return new Step("retry chain " + chain, side -> side.view(side.store().retry(side.chain(chain))));
    }

    private Step cancel() {
        List<Integer> chains = drawChains();
        return new Step(
                "cancel chains " + chains, side -> cancelled(side, side.store().cancel(ids(side, chains))));
    }

    private Step trigger() {
        List<Integer> chains = drawPending();
        return new Step(
                "trigger chains " + chains, side -> ordered(side, side.store().trigger(ids(side, chains))));
    }

    private Step reschedule() {
        List<Integer> chains = drawPending();
        Schedule schedule = Schedule.after(Duration.ofMinutes(30).plusHours(random.nextInt(3)));
        return new Step(
                "reschedule chains " + chains + " " + schedule,
                side -> ordered(side, side.store().reschedule(ids(side, chains), schedule)));
    }

    private Step prioritize() {
        List<Integer> chains = drawPending();
        int priority = random.nextInt(10);
        return new Step(
                "give chains " + chains + " priority " + priority,
                side -> ordered(side, side.store().prioritize(ids(side, chains), priority)));
    }

    private List<Integer> drawPending() {
        return List.of(drawStanding(Status.PENDING), drawStanding(Status.PENDING));
    }

    /** The chain of a job that stands there, when there is one. */
    private int drawStanding(Status status) {
        int from = random.nextInt(model.jobCount());
        for (int i = 0; i < model.jobCount(); i++) {
            WalkView job = model.view((from + i) % model.jobCount());
            if (job.status() == status) {
                return job.chain();
            }
        }
        return model.view(from).chain();
    }

    /** One chain most of the time, so that not every list has one that refuses. */
    private List<Integer> drawChains() {
        int count = random.nextInt(4) == 0 ? 3 : 1;
        return random.ints(count, 0, model.jobCount())
                .mapToObj(number -> model.view(number).chain())
                .toList();
    }

    private static List<ChainId> ids(WalkSide side, List<Integer> chains) {
        return chains.stream().map(side::chain).toList();
    }

    private static List<Object> cancelled(WalkSide side, Cancelled cancelled) {
        return List.of(ordered(side, cancelled.lastJobs()), side.resolved(cancelled.resolved()));
    }

    private static List<WalkView> ordered(WalkSide side, List<StoredJob> lastJobs) {
        return lastJobs.stream().map(side::view).toList();
    }
}
