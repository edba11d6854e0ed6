package ee.jobqueue.conformance;

import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Finished;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.Started;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Draws the steps of a random walk. Time moves by whole hours and everything else is due at half hours, so that the few
 * seconds by which the clocks of the two sides differ decide nothing.
 */
final class WalkSteps {

    /**
     * Something to be done on both sides, with the same result.
     *
     * @param action what is done in a transaction
     * @param afterwards what is done outside of it
     */
    record Step(String name, Function<WalkSide, Object> action, Consumer<WalkSide> afterwards) {

        Step(String name, Function<WalkSide, Object> action) {
            this(name, action, side -> {});
        }
    }

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration LEASE = Duration.ofMinutes(210);

    private final Random random;
    private final WalkSide model;
    private final WalkManaging managing;
    private final WalkKeys keys;

    WalkSteps(Random random, WalkSide model) {
        this.random = random;
        this.model = model;
        this.managing = new WalkManaging(random, model);
        this.keys = new WalkKeys(random, model);
    }

    Step next() {
        int dice = random.nextInt(100);
        if (model.workerCount() == 0 || dice < 4) {
            return register();
        }
        if (model.jobCount() == 0 || dice < 24) {
            return start();
        }
        if (dice < 40) {
            return acquire();
        }
        if (dice < 68) {
            return finish();
        }
        if (dice < 75) {
            return finishFromOutside();
        }
        if (dice < 78) {
            return managing.next();
        }
        if (dice < 88) {
            return lease();
        }
        if (dice < 92) {
            return advance();
        }
        if (dice < 96) {
            return new WalkDeletions(random, model).next();
        }
        return dice < 98 ? missUnblocking() : sweep();
    }

    private Step register() {
        return new Step("register", side -> {
            side.know(side.store().register(NewJobs.WORKER, LEASE));
            return true;
        });
    }

    private Step start() {
        List<WalkJob> jobs = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            WalkJob drawn = draw(random.nextInt(5) < 2 ? keys.draw() : null);
            jobs.add(random.nextInt(8) == 0 ? withChosenId(drawn) : drawn);
        }
        return new Step("start " + jobs, side -> start(side, jobs), WalkKeys::apart);
    }

    private List<Object> start(WalkSide side, List<WalkJob> jobs) {
        List<Started> started =
                side.store().start(jobs.stream().map(side::newJob).toList());
        if (side == model) {
            keys.note(jobs, started);
        }
        return started.stream()
                .<Object>map(start -> {
                    side.know(start.lastJob().job().id());
                    return List.of(side.view(start.lastJob()), start.deduplicated());
                })
                .toList();
    }

    private Step acquire() {
        Set<String> types = random.nextBoolean() ? RandomWalk.TYPES : Set.of(drawType());
        int worker = drawWorker();
        long givenBack = random.nextLong();
        return new Step("acquire " + types + " by worker " + worker, side -> {
            List<StoredJob> jobs =
                    side.store().acquire(side.worker(worker), types, 1_000).jobs();
            List<WalkView> views = side.views(jobs);
            List<Token> unwanted = jobs.stream()
                    .filter(job -> isDrawn(givenBack, side.number(job.job().id())))
                    .map(StoredJob::token)
                    .toList();
            side.store().giveBack(unwanted);
            return views;
        });
    }

    /** The same for both sides, whatever the order in which they give the jobs. */
    private static boolean isDrawn(long seed, int job) {
        return new Random(seed + job).nextInt(3) == 0;
    }

    private Step finish() {
        WalkView job = model.view(drawJob());
        int worker = job.worker() == null ? 0 : job.worker();
        int attempt = random.nextInt(10) == 0 ? job.attempt() - 1 : job.attempt();
        Function<WalkSide, Token> token = side -> side.token(job.job(), worker, attempt);
        String name = " job " + job.job() + " attempt " + attempt + " worker " + worker;
        Schedule later = Schedule.after(drawDelay());
        return switch (random.nextInt(7)) {
            case 0, 1 ->
                new Step("complete" + name, side -> side.finished(side.store().complete(token.apply(side), "1")));
            case 2 -> {
                WalkJob next = drawNext(job.status() == Status.RUNNING && attempt == job.attempt());
                yield new Step("continue" + name + " with " + next, side -> {
                    return learn(side, job.chain(), side.store().continueWith(token.apply(side), side.newJob(next)));
                });
            }
            case 3 ->
                new Step("reschedule" + name, side -> {
                    side.store().reschedule(token.apply(side), later);
                    return true;
                });
            case 4 ->
                new Step("conflict" + name, side -> {
                    side.store().conflict(token.apply(side));
                    return true;
                });
            case 5 ->
                new Step(
                        "fail for good" + name,
                        side -> side.finished(side.store().fail(token.apply(side), "e", null)));
            default ->
                new Step("fail" + name, side -> side.finished(side.store().fail(token.apply(side), "e", later)));
        };
    }

    private Step finishFromOutside() {
        int chain = model.view(random.nextInt(model.jobCount())).chain();
        if (random.nextBoolean()) {
            return new Step("complete chain " + chain, side -> {
                StoredJob last = side.store().lock(side.chain(chain));
                return side.finished(side.store().complete(new Locked(last.job().id()), "\"outside\""));
            });
        }
        Status status =
                model.store().chain(model.chain(chain)).orElseThrow().job().status();
        WalkJob next = drawNext(Transition.COMPLETE_FROM_OUTSIDE.isAllowedFrom(status));
        return new Step("continue chain " + chain + " with " + next, side -> {
            StoredJob last = side.store().lock(side.chain(chain));
            return learn(
                    side, chain, side.store().continueWith(new Locked(last.job().id()), side.newJob(next)));
        });
    }

    private Step lease() {
        int worker = drawWorker();
        AttemptLimits limits = new AttemptLimits(random.nextInt(4), Map.of("b", 2));
        return switch (random.nextInt(4)) {
            case 0, 1 -> new Step("renew " + worker, side -> side.store().renew(side.worker(worker), LEASE));
            case 2 ->
                new Step("reap " + limits, side -> side.reaped(side.store().reap(limits)));
            default ->
                new Step("retire " + worker, side -> {
                    side.store().retire(side.worker(worker));
                    return true;
                });
        };
    }

    private Step advance() {
        Duration duration = Duration.ofHours(1 + random.nextInt(2));
        return new Step(
                "advance " + duration, side -> true, side -> side.harness().advance(duration));
    }

    /** Damages both sides alike, when there is a job that can be; a later sweep must mend it. */
    private Step missUnblocking() {
        for (int number = 0; number < model.jobCount(); number++) {
            WalkView job = model.view(number);
            if (job.blocked() && canBeMissed(job)) {
                return new Step(
                        "miss unblocking job " + job.job(),
                        side -> true,
                        side -> side.harness().missUnblocking(side.job(job.job())));
            }
        }
        return sweep();
    }

    /** One that its blockers have settled, or may have. */
    private static boolean canBeMissed(WalkView job) {
        return switch (job.status()) {
            case PENDING -> true;
            case FAILED -> job.position() == 0 && !job.acquired();
            case BLOCKED, RUNNING, COMPLETED, CANCELLED -> false;
        };
    }

    private Step sweep() {
        AttemptLimits limits = new AttemptLimits(3, Map.of());
        return new Step(
                "sweep",
                side -> side.store()
                        .sweep(HALF_AN_HOUR, limits)
                        .map(swept -> List.of(
                                side.resolved(swept.missed()), side.reaped(swept.reaped()), swept.openTypes())));
    }

    private static List<Object> learn(WalkSide side, int chain, Finished finished) {
        StoredJob last = side.store().chain(side.chain(chain)).orElseThrow();
        side.know(last.job().id());
        return List.of(side.view(last), side.finished(finished));
    }

    /** Without blockers where the claim is refused: which of two reasons a store names is its own affair. */
    private WalkJob drawNext(boolean claimed) {
        WalkJob next = draw(null);
        return claimed
                ? next
                : new WalkJob(next.type(), next.input(), next.delay(), List.of(), null, next.priority(), null);
    }

    /** One of a few ids, so that most are taken, and some are free again. */
    private WalkJob withChosenId(WalkJob job) {
        UUID id = new UUID(0x7000, Long.MIN_VALUE + 1 + random.nextInt(12));
        return new WalkJob(job.type(), job.input(), job.delay(), job.blockers(), job.key(), job.priority(), id);
    }

    private WalkJob draw(WalkJob.@Nullable Key key) {
        Map<Integer, OnFailure> blockers = new LinkedHashMap<>();
        while (model.jobCount() > 0 && random.nextInt(5) < 2) {
            int blocker = random.nextInt(10) == 0
                    ? random.nextInt(model.jobCount())
                    : model.view(drawJob()).chain();
            blockers.putIfAbsent(blocker, OnFailure.values()[random.nextInt(4)]);
        }
        List<WalkJob.Waits> waits = blockers.entrySet().stream()
                .map(blocker -> new WalkJob.Waits(blocker.getKey(), blocker.getValue()))
                .toList();
        return new WalkJob(
                drawType(), "{\"n\":" + random.nextInt() + "}", drawDelay(), waits, key, drawPriority(), null);
    }

    private @Nullable Integer drawPriority() {
        return random.nextInt(3) == 0 ? random.nextInt(10) : null;
    }

    /** Prefers jobs that are not over, and among them those that run. */
    private int drawJob() {
        int drawn = random.nextInt(model.jobCount());
        for (int attempt = 0; attempt < 8; attempt++) {
            Status status = model.view(drawn).status();
            if (status == Status.RUNNING || (attempt > 4 && !status.isOver())) {
                return drawn;
            }
            drawn = random.nextInt(model.jobCount());
        }
        return drawn;
    }

    /** Prefers the workers that came last, since the others' leases are over. */
    private int drawWorker() {
        return Math.max(0, model.workerCount() - 1 - random.nextInt(5));
    }

    private String drawType() {
        return random.nextInt(3) == 0 ? "b" : "a";
    }

    private Duration drawDelay() {
        return random.nextInt(3) == 0 ? HALF_AN_HOUR.plusHours(random.nextInt(3)) : Duration.ZERO;
    }
}
