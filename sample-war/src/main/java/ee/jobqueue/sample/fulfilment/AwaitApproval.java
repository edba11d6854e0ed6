package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainStep;
import ee.jobqueue.JobType;

/**
 * Waits for a person's decision on a large order. Completed from outside ({@link ApprovalDesk}); scheduled for the
 * deadline, so that a worker runs it only when nobody decided in time.
 *
 * @param orderId the order
 * @since 0.1
 */
@JobType(
        value = "await-approval",
        continuesWith = {ChargeCard.class, CancelOrder.class})
public record AwaitApproval(long orderId) implements ChainStep<OrderResult> {}
