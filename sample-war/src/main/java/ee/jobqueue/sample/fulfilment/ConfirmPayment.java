package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/**
 * Asks the payment provider until a payment is settled.
 *
 * @param paymentKey the payment
 * @since 0.1
 */
@JobType("confirm-payment")
public record ConfirmPayment(String paymentKey) implements ChainStart<PaymentConfirmation> {}
