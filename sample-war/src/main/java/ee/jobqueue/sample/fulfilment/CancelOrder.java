package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainStep;
import ee.jobqueue.JobType;

/**
 * Makes the stock of an order available again and refuses the order; the last step of an order that goes wrong.
 *
 * @param orderId the order
 * @param reason why, for the customer
 * @since 0.1
 */
@JobType("cancel-order")
public record CancelOrder(long orderId, String reason) implements ChainStep<OrderResult> {}
