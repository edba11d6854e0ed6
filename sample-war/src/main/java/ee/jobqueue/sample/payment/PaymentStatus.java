package ee.jobqueue.sample.payment;

/**
 * Where a payment stands.
 *
 * @since 0.1
 */
public enum PaymentStatus {
    /** Charged; the bank has not confirmed it yet. */
    CHARGED,
    /** Confirmed by the bank. */
    SETTLED,
    /** The bank said no; nothing was charged. */
    DECLINED,
    /** Given back; or called off before it was charged, and never charged later. */
    REFUNDED
}
