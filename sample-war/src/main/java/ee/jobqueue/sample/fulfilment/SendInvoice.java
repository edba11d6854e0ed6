package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/**
 * Sends the invoice of an order, once it is shipped <em>and</em> its payment is settled.
 *
 * @param orderId the order
 * @since 0.1
 */
@JobType(
        value = "send-invoice",
        blockedBy = {ReserveStock.class, ConfirmPayment.class})
public record SendInvoice(long orderId) implements ChainStart<Void> {}
