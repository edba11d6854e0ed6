package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Orders;
import ee.jobqueue.sample.order.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Atomic: the stock is released exactly once, with the refusal. */
@ApplicationScoped
class CancelOrderProcessor implements JobProcessor<CancelOrder, OrderResult> {

    @Inject
    private Orders orders;

    @Inject
    private Stock stock;

    @Override
    public Outcome<? extends OrderResult> execute(CancelOrder input, Attempt attempt) {
        CustomerOrder order = orders.get(input.orderId());
        stock.release(order);
        order.refuse(input.reason());
        orders.save(order);
        return Outcome.complete(new OrderResult.Refused(input.reason()));
    }
}
