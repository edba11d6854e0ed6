package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import ee.jobqueue.sample.order.OrderStatus;
import ee.jobqueue.sample.order.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Atomic: counts the orders that wait and writes one reminder for all of them. An order that comes in while it runs may be
 * left without one; its deadline holds all the same.
 */
@ApplicationScoped
class RemindApproverProcessor implements JobProcessor<RemindApprover, Void> {

    @Inject
    private Correspondence correspondence;

    @Inject
    private Orders orders;

    @Override
    public Outcome<Void> execute(RemindApprover input, Attempt attempt) {
        long waiting = orders.count(OrderStatus.AWAITING_APPROVAL);
        if (waiting > 0) {
            correspondence.send(new Reminder(attempt.job().chainId().value(), input.recipient(), waiting));
        }
        return Outcome.complete();
    }
}
