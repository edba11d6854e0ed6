package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainStep;
import ee.jobqueue.JobType;
import java.math.BigDecimal;

/**
 * Charges the customer's card at the payment provider.
 *
 * @param orderId the order
 * @param amount how much
 * @since 0.1
 */
@JobType(
        value = "charge-card",
        continuesWith = {ShipOrder.class, RefundCard.class, CancelOrder.class})
public record ChargeCard(long orderId, BigDecimal amount) implements ChainStep<OrderResult> {}
