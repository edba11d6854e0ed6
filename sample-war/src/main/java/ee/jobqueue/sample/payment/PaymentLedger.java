package ee.jobqueue.sample.payment;

import org.jspecify.annotations.Nullable;

/**
 * The rows of the provider's books. Reads and writes in the caller's transaction. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface PaymentLedger {

    /**
     * Reads a payment.
     *
     * @param key its idempotency key
     * @return the payment; {@code null} when there is none
     */
    @Nullable Payment find(String key);

    /**
     * Adds a payment.
     *
     * @param payment a new payment; a second one of its key fails, at the commit at the latest
     */
    void add(Payment payment);

    /**
     * Writes what was changed of a payment.
     *
     * @param payment a payment that was read in the same transaction
     */
    void save(Payment payment);
}
