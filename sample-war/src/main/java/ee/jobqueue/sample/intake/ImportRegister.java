package ee.jobqueue.sample.intake;

import org.jspecify.annotations.Nullable;

/**
 * Which files were imported. Reads and writes in the caller's transaction. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface ImportRegister {

    /**
     * Looks a file up.
     *
     * @param key its idempotency key
     * @return what is known of it; {@code null} when nothing was imported under the key
     */
    @Nullable OrderImport find(String key);

    /**
     * Enters a file at once, not at the commit only.
     *
     * @param orderImport a new entry
     * @throws RuntimeException when there is one under its key, or another transaction is about to make one
     */
    void add(OrderImport orderImport);
}
