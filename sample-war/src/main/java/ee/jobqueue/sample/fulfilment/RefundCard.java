package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainStep;
import ee.jobqueue.JobType;

/**
 * Gives back what was, or may have been, charged for an order.
 *
 * @param orderId the order
 * @param paymentKey under which the charge was asked for
 * @param reason why the order ends, for the customer
 * @since 0.1
 */
@JobType(value = "refund-card", continuesWith = CancelOrder.class)
public record RefundCard(long orderId, String paymentKey, String reason) implements ChainStep<OrderResult> {}
