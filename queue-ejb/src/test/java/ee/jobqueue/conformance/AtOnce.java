package ee.jobqueue.conformance;

import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Transactions at once, each on a thread of its own.
 *
 * <p>A race that is left to chance finds nothing most of the time. So {@link #overlapping} keeps every transaction open
 * until all have done their work: without the right locks, none sees what the others wrote, and all commit. With them,
 * some wait inside their work for others to commit; hence nobody waits for the others longer than {@link #HELD_OPEN_MILLIS}.
 */
final class AtOnce {

    /** How long a transaction stays open for others that may be waiting for it; long enough for them to get there. */
    static final long HELD_OPEN_MILLIS = 300;

    /** How long anything may take that is not expected to wait. */
    static final long LONGEST_SECONDS = 30;

    private final JobStore store;
    private final Transactions transactions;

    AtOnce(JobStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /** Runs each work in a transaction that stays open until all are done, or for a moment. */
    <T> List<Ending<T>> overlapping(List<Callable<T>> works) {
        CountDownLatch done = new CountDownLatch(works.size());
        return racing(works.stream().map(work -> heldOpen(work, done)).toList());
    }

    /**
     * Runs two works in transactions that overlap: the second begins after the first has written and before it commits.
     */
    <T> List<Ending<T>> overlappingInOrder(Callable<T> first, Callable<T> second) {
        return overlappingInOrder(first, second, result -> result);
    }

    /** The same, with something that the first does at the end of its transaction. */
    <T> List<Ending<T>> overlappingInOrder(Callable<T> first, Callable<T> second, UnaryOperator<T> andThen) {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Callable<T> leading = () -> Redo.inTransaction(store, transactions, () -> {
            T result = first.call();
            written.countDown();
            await(done, HELD_OPEN_MILLIS);
            return andThen.apply(result);
        });
        Callable<T> following = () -> {
            await(written, TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
            return Redo.inTransaction(store, transactions, () -> {
                T result = second.call();
                done.countDown();
                return result;
            });
        };
        return onThreads(List.of(leading, following));
    }

    /** Runs each work in a transaction, all begun at the same time, as fast as they can. */
    <T> List<Ending<T>> racing(List<Callable<T>> works) {
        CyclicBarrier start = new CyclicBarrier(works.size());
        return onThreads(works.stream()
                .<Callable<T>>map(work -> () -> {
                    start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                    return Redo.inTransaction(store, transactions, work);
                })
                .toList());
    }

    /**
     * Runs a work while a transaction of another thread stays open after a work of its own, until the
     * other has committed.
     *
     * @param singleWriter whether the work may have to wait for that transaction, which then ends after a moment
     * @return how the transaction that stayed open ended, and the work
     */
    <T> List<Ending<T>> beside(Callable<T> heldOpen, Callable<T> work, boolean singleWriter) {
        return besideOutside(heldOpen, () -> Redo.inTransaction(store, transactions, work), singleWriter);
    }

    /** The same, with a work outside of any transaction, or one that begins its own. */
    <T> List<Ending<T>> besideOutside(Callable<T> heldOpen, Callable<T> work, boolean singleWriter) {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Callable<T> holder = () -> Redo.inTransaction(store, transactions, () -> {
            T result = heldOpen.call();
            written.countDown();
            boolean ended = await(done, singleWriter ? HELD_OPEN_MILLIS : TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
            if (!ended && !singleWriter) {
                throw new AssertionError("the other transaction waited for this one");
            }
            return result;
        });
        Callable<T> other = () -> {
            await(written, TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
            try {
                return work.call();
            } finally {
                done.countDown();
            }
        };
        return onThreads(List.of(holder, other));
    }

    /** Runs works, which see to their transactions themselves, on threads that end with them. */
    static <T> List<Ending<T>> onThreads(List<Callable<T>> works) {
        ExecutorService threads = Executors.newFixedThreadPool(works.size(), AtOnce::daemon);
        try {
            List<Future<T>> futures = works.stream().map(threads::submit).toList();
            List<Ending<T>> endings = new ArrayList<>();
            for (Future<T> future : futures) {
                endings.add(ending(future));
            }
            return endings;
        } finally {
            threads.shutdownNow();
        }
    }

    static boolean await(CountDownLatch latch, long millis) throws InterruptedException {
        return latch.await(millis, TimeUnit.MILLISECONDS);
    }

    private static <T> Callable<T> heldOpen(Callable<T> work, CountDownLatch done) {
        return () -> {
            T result = work.call();
            done.countDown();
            await(done, HELD_OPEN_MILLIS);
            return result;
        };
    }

    private static <T> Ending<T> ending(Future<T> future) {
        try {
            return new Ending<>(future.get(2 * LONGEST_SECONDS, TimeUnit.SECONDS), null);
        } catch (ExecutionException e) {
            return new Ending<>(null, e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a concurrent transaction did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "conformance");
        thread.setDaemon(true);
        return thread;
    }
}
