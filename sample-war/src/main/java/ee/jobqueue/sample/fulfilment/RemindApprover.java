package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainStart;
import ee.jobqueue.JobType;

/**
 * Reminds a person of the orders that wait for a decision, all of them in one message.
 *
 * @param recipient the person's address
 * @since 0.1
 */
@JobType("remind-approver")
public record RemindApprover(String recipient) implements ChainStart<Void> {}
