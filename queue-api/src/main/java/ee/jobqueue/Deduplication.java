package ee.jobqueue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts at most one chain of a type under a key, however many servers try at once. A hit returns the chain that holds
 * the key, with {@link Chain#deduplicated()} true; the new input is dropped. Immutable.
 *
 * <p>Each start asks all the chains of the type that were started under the key, by its own scope, window and disregarded
 * chains, whatever these were when the chains were started. Of several that hold the key the newest is returned, by the time
 * of its start. Of equal keys in one call the second finds the chain of the first.
 *
 * @param key the key, 1 to 250 characters, none of them NUL; one name space per chain type
 * @param scope which chains hold the key
 * @param window how long after its start a chain holds the key; {@code null} for as long as its scope says
 * @param disregarded chains that do not count, so that a chain can start its own successor; all others still do. An id
 *     that is not of the store's form is refused at the start
 * @since 0.1
 */
public record Deduplication(
        String key, Scope scope, @Nullable Duration window, Set<ChainId> disregarded) {

    /** The longest key, in characters. */
    public static final int MAX_KEY_LENGTH = 250;

    /** Which chains hold a key. */
    public enum Scope {
        /** Chains that are not over, from their first job to their last. */
        INCOMPLETE,
        /** All chains in the store, those that are over included. */
        ANY
    }

    /**
     * Checks the key and the window.
     *
     * @param key the key, 1 to 250 characters
     * @param scope which chains hold the key
     * @param window how long after its start a chain holds the key
     * @param disregarded chains that do not count, so that a chain can start its own successor
     */
    public Deduplication {
        Objects.requireNonNull(scope, "scope");
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "a deduplication key has 1 to " + MAX_KEY_LENGTH + " characters, this one has " + key.length());
        }
        if (key.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a deduplication key must not contain the character NUL");
        }
        if (window != null && (window.isNegative() || window.isZero())) {
            throw new IllegalArgumentException("a deduplication window must be positive: " + window);
        }
        disregarded = Set.copyOf(disregarded);
    }

    /**
     * A key that is held by each chain that was started under it until that chain is over.
     *
     * @param key the key
     * @return the deduplication
     * @throws IllegalArgumentException when the key is empty or too long
     */
    public static Deduplication whileIncomplete(String key) {
        return new Deduplication(key, Scope.INCOMPLETE, null, Set.of());
    }

    /**
     * A key that is held by each chain that was started under it for as long as that chain is in the store.
     *
     * @param key the key
     * @return the deduplication
     * @throws IllegalArgumentException when the key is empty or too long
     */
    public static Deduplication ever(String key) {
        return new Deduplication(key, Scope.ANY, null, Set.of());
    }

    /**
     * The same, held for at most this long after the chain's start.
     *
     * @param newWindow how long
     * @return a new deduplication
     * @throws IllegalArgumentException when the window is not positive
     */
    public Deduplication within(Duration newWindow) {
        return new Deduplication(key, scope, newWindow, disregarded);
    }

    /**
     * The same, not counting one more chain; those before it still count.
     *
     * @param chain the chain that does not count
     * @return a new deduplication
     */
    public Deduplication disregarding(ChainId chain) {
        Set<ChainId> all = new HashSet<>(disregarded);
        all.add(chain);
        return new Deduplication(key, scope, window, all);
    }
}
