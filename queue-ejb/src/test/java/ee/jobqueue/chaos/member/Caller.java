package ee.jobqueue.chaos.member;

import ee.jobqueue.Chain;
import ee.jobqueue.ChainFailedException;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainStart;
import ee.jobqueue.Deduplication;
import ee.jobqueue.JobQueue;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.OnFailure;
import ee.jobqueue.StartOptions;
import ee.jobqueue.chaos.history.HistoryFile;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.Business.Order;
import ee.jobqueue.chaos.member.ChaosJobs.Follow;
import ee.jobqueue.chaos.member.ChaosJobs.Fragile;
import ee.jobqueue.chaos.member.ChaosJobs.Gather;
import ee.jobqueue.chaos.member.ChaosJobs.Reserve;
import ee.jobqueue.spi.Transactions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Starts chains, each under a key and in a transaction that writes an order, as long as not too many are open. After an
 * error it starts again under the same key, which finds the chain if the error came after the commit.
 */
final class Caller {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration BRIEFLY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final List<OnFailure> OPTIONS = List.of(OnFailure.RUN, OnFailure.FAIL, OnFailure.CANCEL);
    private static final int OPEN = 12;
    private static final int MOST_OPEN = 40;

    /** So many starts in a row that fail are the end of a caller. */
    private static final int TRIES = 1_000;

    private final JobQueue queue;
    private final Transactions transactions;
    private final Business business;
    private final HistoryFile history;
    private final String name;
    private final SplittableRandom random;
    private final Deque<Chain<?>> open = new ArrayDeque<>();
    private String round = "";
    private int number;
    private boolean calls;
    private boolean idle = true;

    Caller(JobQueue queue, Transactions transactions, Business business, HistoryFile history, String name) {
        this.queue = queue;
        this.transactions = transactions;
        this.business = business;
        this.history = history;
        this.name = name;
        this.random = new SplittableRandom(name.hashCode());
        Thread thread = new Thread(this::run, "caller");
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts chains from now on, whose keys begin so. */
    synchronized void begin(String newRound) {
        round = newRound;
        number = 0;
        calls = true;
        idle = false;
        notifyAll();
    }

    /** Starts no more, and says when it knows how the last start has ended. */
    synchronized void pause() {
        calls = false;
        notifyAll();
    }

    private void run() {
        while (awaitCall()) {
            startSomething();
            LockSupport.parkNanos(PAUSE.toNanos());
            awaitOldest();
        }
    }

    private synchronized boolean awaitCall() {
        try {
            while (!calls) {
                if (!idle) {
                    idle = true;
                    open.clear();
                    history.add(What.IDLE);
                }
                wait();
            }
            number++;
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void startSomething() {
        String own = round + "." + name + "." + number;
        int kind = random.nextInt(10);
        if (kind == 0) {
            surely(own, started -> startAndWait(own, started));
        } else if (kind == 1) {
            OnFailure option = OPTIONS.get(random.nextInt(OPTIONS.size()));
            surely(own, started -> startFragile(own, option, started));
        } else if (kind == 2) {
            rollBack(own);
        } else {
            String key = kind == 3 ? round + ".shared." + number : own;
            surely(key, started -> start(new Reserve(key), key, "", StartOptions.NONE, started));
        }
    }

    /** Two chains and a third that waits for both. */
    private void startAndWait(String key, List<Keyed> started) {
        ChainId first = start(new Reserve(key + "a"), key + "a", "", StartOptions.NONE, started);
        ChainId second = start(new Reserve(key + "b"), key + "b", "", StartOptions.NONE, started);
        StartOptions both = StartOptions.NONE.blockedBy(second, OnFailure.RUN).blockedBy(first, OnFailure.RUN);
        start(new Gather(key, 2), key, key + "b," + key + "a", both, started);
    }

    private void startFragile(String key, OnFailure option, List<Keyed> started) {
        ChainId fragile = start(new Fragile(key + "f", Durations.of(key)), key + "f", "", StartOptions.NONE, started);
        start(new Follow(key), key, key + "f", StartOptions.NONE.blockedBy(fragile, option), started);
    }

    private <O> ChainId start(
            ChainStart<O> input, String key, String expected, StartOptions options, List<Keyed> started) {
        Chain<O> chain = queue.start(input, options.deduplicatedBy(Deduplication.ever(key)));
        if (!chain.deduplicated()) {
            business.write(new Order(key, chain.id().value(), chain.type(), expected));
        }
        started.add(new Keyed(key, chain));
        return chain.id();
    }

    private record Keyed(String key, Chain<?> chain) {}

    /** Starts in a transaction of its own, again and again until it is committed. */
    private void surely(String key, Consumer<List<Keyed>> starts) {
        history.add(What.STARTING, "key", key);
        for (int i = 0; i < TRIES; i++) {
            List<Keyed> started = new ArrayList<>();
            try {
                transactions.inNew(null, () -> {
                    starts.accept(started);
                    return null;
                });
                started.forEach(this::started);
                return;
            } catch (Exception e) {
                history.add(What.IN_DOUBT, "key", key, "error", e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void started(Keyed start) {
        Chain<?> chain = start.chain();
        history.add(What.STARTED, "key", start.key(), "chain", chain.id(), "hit", chain.deduplicated());
        open.add(chain);
    }

    private void rollBack(String key) {
        List<Keyed> started = new ArrayList<>();
        try {
            transactions.inNew(null, () -> {
                start(new Reserve(key), key, "", StartOptions.NONE, started);
                throw new IllegalStateException("the caller thinks better of it");
            });
        } catch (Exception e) {
            started.forEach(start -> history.add(
                    What.ROLLED_BACK, "key", key, "chain", start.chain().id()));
        }
    }

    /** Lets no more than so many chains be open, as far as that can be found out now. */
    private void awaitOldest() {
        for (int i = 0; i < open.size() && open.size() > OPEN; i++) {
            Chain<?> oldest = open.remove();
            if (!isOver(oldest)) {
                open.add(oldest);
            }
        }
    }

    private boolean isOver(Chain<?> chain) {
        try {
            queue.await(chain, open.size() > MOST_OPEN ? PATIENCE : BRIEFLY);
            return true;
        } catch (ChainFailedException e) {
            return true;
        } catch (JobQueueException e) {
            return false; // it is open, or the store does not answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
