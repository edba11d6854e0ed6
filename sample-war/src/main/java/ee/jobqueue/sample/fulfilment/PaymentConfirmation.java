package ee.jobqueue.sample.fulfilment;

import java.math.BigDecimal;

/**
 * The bank's word that a payment is settled.
 *
 * @param paymentKey the payment
 * @param amount how much
 * @since 0.1
 */
public record PaymentConfirmation(String paymentKey, BigDecimal amount) {}
