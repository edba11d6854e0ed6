package ee.jobqueue.spi;

import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which chain holds which deduplication key during one call: the one rule for all stores, both for chains that are started
 * and for chains that are opened again. A store locks the keys, in order; then it finds for each {@link Question} the newest
 * chain that it asks for and says so by {@link #found}; then it asks for one chain after the other. Nothing is remembered
 * from call to call: who holds a key is asked of the chains each time.
 *
 * <p>Used once, by one thread.
 *
 * @param <K> a key within its chain type
 * @since 0.1
 */
public final class KeyHolders<K> {

    /** The newest of the chains that were there before the call, for each question. */
    private final Map<Question<K>, Newest> before = new HashMap<>();
    /** The chains that have got a key in this call, the newest first. */
    private final Map<K, Deque<ChainId>> here = new HashMap<>();

    /**
     * Asks for the newest chain that was started under a key, is in the deduplication's scope and is not disregarded. The
     * window does not matter: when the newest chain is too old, so are all others.
     *
     * @param key the key within its chain type
     * @param deduplication which chains hold it
     * @param <K> a key within its chain type
     * @since 0.1
     */
    public record Question<K>(K key, Deduplication deduplication) {

        /**
         * Refuses nulls.
         *
         * @param key the key within its chain type
         * @param deduplication which chains hold it
         */
        public Question {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(deduplication, "deduplication");
        }

        /**
         * Asks who keeps a chain from being opened again: any other open chain with its key.
         *
         * @param key the chain's key within its chain type
         * @param text the chain's key
         * @param chain the chain
         * @param <K> a key within its chain type
         * @return the question
         */
        public static <K> Question<K> reopening(K key, String text, ChainId chain) {
            return new Question<>(key, Deduplication.whileIncomplete(text).disregarding(chain));
        }
    }

    private record Newest(Job lastJob, Instant readAt) {

        private static final Comparator<Newest> BY_START = Comparator.<Newest, Instant>comparing(
                        newest -> newest.lastJob.chainStartedAt())
                .thenComparing(newest -> newest.lastJob.chainId().value());

        boolean isWithin(@Nullable Duration window) {
            return window == null || window.compareTo(Duration.between(lastJob.chainStartedAt(), readAt)) > 0;
        }
    }

    /**
     * Says which chain was found for a question, under the lock of the key. When a store finds several, one here and one
     * there, it says so for each, and the newest of them counts.
     *
     * @param question the question
     * @param lastJob the last job of the chain
     * @param readAt the store's time at which it was read
     */
    public void found(Question<K> question, Job lastJob, Instant readAt) {
        before.merge(question, new Newest(lastJob, readAt), BinaryOperator.maxBy(Newest.BY_START));
    }

    /**
     * Gives a key to a chain that is to be started or opened again, unless another one holds it.
     *
     * @param question the question for the holder of the key
     * @param chain the chain
     * @return the chain that holds the key: one that was there before, or that has got it in this call, which is newer; {@code
     *     null} when the chain has got it
     */
    public @Nullable ChainId give(Question<K> question, ChainId chain) {
        Deque<ChainId> newer = here.computeIfAbsent(question.key(), none -> new ArrayDeque<>());
        for (ChainId holder : newer) {
            if (!question.deduplication().disregarded().contains(holder)) {
                return holder;
            }
        }
        Newest newest = before.get(question);
        if (newest != null && newest.isWithin(question.deduplication().window())) {
            return newest.lastJob().chainId();
        }
        newer.push(chain);
        return null;
    }
}
