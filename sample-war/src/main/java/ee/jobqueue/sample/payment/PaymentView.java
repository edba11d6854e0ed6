package ee.jobqueue.sample.payment;

import java.math.BigDecimal;

/**
 * A payment as the provider shows it. Immutable.
 *
 * @param key the idempotency key under which it was asked for
 * @param status where it stands
 * @param amount how much; 0 for a key that was voided before it was used
 * @since 0.1
 */
public record PaymentView(String key, PaymentStatus status, BigDecimal amount) {}
