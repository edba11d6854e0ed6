package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Runs only when the deadline has passed without a decision: the order is called off. */
@ApplicationScoped
class AwaitApprovalProcessor implements JobProcessor<AwaitApproval, OrderResult> {

    @Inject
    private Orders orders;

    @Override
    public Outcome<? extends OrderResult> execute(AwaitApproval input, Attempt attempt) {
        CustomerOrder order = orders.get(input.orderId());
        order.cancel();
        orders.save(order);
        return Outcome.continueWith(new CancelOrder(input.orderId(), "not approved in time"));
    }
}
