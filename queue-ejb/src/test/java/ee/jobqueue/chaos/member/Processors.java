package ee.jobqueue.chaos.member;

import ee.jobqueue.Attempt;
import ee.jobqueue.CancellationReason;
import ee.jobqueue.ChainFailedException;
import ee.jobqueue.ChainStart;
import ee.jobqueue.Outcome;
import ee.jobqueue.chaos.history.HistoryFile;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.Business.Effect;
import ee.jobqueue.chaos.member.ChaosJobs.Charge;
import ee.jobqueue.chaos.member.ChaosJobs.Follow;
import ee.jobqueue.chaos.member.ChaosJobs.Fragile;
import ee.jobqueue.chaos.member.ChaosJobs.Gather;
import ee.jobqueue.chaos.member.ChaosJobs.Reserve;
import ee.jobqueue.chaos.member.ChaosJobs.Ship;
import ee.jobqueue.conformance.TestServer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs the jobs, and writes down when each attempt begins, what it is told, and when it returns.
 *
 * @since 0.1
 */
public final class Processors {

    private static final int LOOKS_EVERY_MILLIS = 50;

    private final String who;
    private final Business business;
    private final HistoryFile history;

    /**
     * Runs jobs in a process.
     *
     * @param who the process
     * @param business what an application writes
     * @param history where the attempts are written down
     */
    public Processors(String who, Business business, HistoryFile history) {
        this.who = who;
        this.business = business;
        this.history = history;
    }

    /**
     * Lets a server run the jobs.
     *
     * @param server the server
     * @return the same
     */
    public TestServer addTo(TestServer server) {
        return server.runs(Reserve.class, this::reserve)
                .runsStaged(Charge.class, this::charge)
                .runs(Ship.class, this::ship)
                .runs(Gather.class, this::gather)
                .runsStaged(Fragile.class, this::fragile)
                .runs(Follow.class, this::follow);
    }

    private Outcome<String> reserve(Reserve input, Attempt attempt) {
        begun(attempt, input.key());
        write(attempt, "");
        return returned(attempt, Outcome.continueWith(new Charge(input.key(), Durations.of(input.key()))));
    }

    private Outcome<String> charge(Charge input, Attempt attempt) {
        begun(attempt, input.key());
        work(attempt, input.millis());
        return returned(attempt, Outcome.inTransaction(() -> {
            write(attempt, "");
            return Outcome.continueWith(new Ship(input.key()));
        }));
    }

    private Outcome<String> ship(Ship input, Attempt attempt) {
        begun(attempt, input.key());
        write(attempt, "");
        return returned(attempt, Outcome.complete(input.key()));
    }

    private Outcome<String> gather(Gather input, Attempt attempt) {
        begun(attempt, input.key());
        write(
                attempt,
                IntStream.range(0, input.chains())
                        .mapToObj(index -> seen(attempt, index, Reserve.class))
                        .collect(Collectors.joining(",")));
        return returned(attempt, Outcome.complete(input.key()));
    }

    private Outcome<String> fragile(Fragile input, Attempt attempt) {
        begun(attempt, input.key());
        work(attempt, input.millis());
        return returned(attempt, Outcome.inTransaction(() -> {
            write(attempt, "");
            return Outcome.complete(input.key());
        }));
    }

    private Outcome<String> follow(Follow input, Attempt attempt) {
        begun(attempt, input.key());
        write(attempt, seen(attempt, 0, Fragile.class));
        return returned(attempt, Outcome.complete(input.key()));
    }

    private static String seen(Attempt attempt, int blocker, Class<? extends ChainStart<String>> type) {
        try {
            return attempt.blockerOutput(blocker, type);
        } catch (ChainFailedException e) {
            return Business.FAILED_BLOCKER;
        }
    }

    private void begun(Attempt attempt, String key) {
        history.add(
                What.BEGUN,
                "key",
                key,
                "type",
                attempt.job().type(),
                "chain",
                attempt.job().chainId(),
                "job",
                attempt.job().id(),
                "attempt",
                attempt.number());
    }

    /** Works, and looks now and then whether that is still wanted: an attempt whose lease is lost returns early. */
    private void work(Attempt attempt, int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean told = false;
        while (System.nanoTime() < end) {
            Optional<CancellationReason> reason = attempt.cancellation();
            if (reason.isPresent() && !told) {
                told = true;
                tell(attempt, reason.get());
            }
            if (reason.filter(why -> why == CancellationReason.LEASE_LOST).isPresent()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(millis, LOOKS_EVERY_MILLIS)));
        }
        if (!told) {
            attempt.cancellation().ifPresent(reason -> tell(attempt, reason));
        }
    }

    private void tell(Attempt attempt, CancellationReason reason) {
        history.add(What.TOLD, "job", attempt.job().id(), "attempt", attempt.number(), "reason", reason);
    }

    private Outcome<String> returned(Attempt attempt, Outcome<String> outcome) {
        history.add(What.RETURNED, "job", attempt.job().id(), "attempt", attempt.number());
        return outcome;
    }

    private void write(Attempt attempt, String seen) {
        business.write(
                new Effect(attempt.job().chainId().value(), attempt.job().id().value(), attempt.number(), who, seen));
    }
}
