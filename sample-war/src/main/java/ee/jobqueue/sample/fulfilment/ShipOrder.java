package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainStep;
import ee.jobqueue.JobType;

/**
 * Takes the goods out of the warehouse; the last step of an order that goes well.
 *
 * @param orderId the order
 * @param paymentKey under which it was paid
 * @since 0.1
 */
@JobType(value = "ship-order", continuesWith = RefundCard.class)
public record ShipOrder(long orderId, String paymentKey) implements ChainStep<OrderResult> {}
