package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/**
 * Sets the stock of an order aside; the first step of every order.
 *
 * @param orderId the order
 * @since 0.1
 */
@JobType(
        value = "reserve-stock",
        continuesWith = {ChargeCard.class, AwaitApproval.class})
public record ReserveStock(long orderId) implements ChainStart<OrderResult> {}
