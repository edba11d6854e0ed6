package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Orders;
import ee.jobqueue.sample.order.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Atomic: the goods, the order and the chain's output commit together. */
@ApplicationScoped
class ShipOrderProcessor implements JobProcessor<ShipOrder, OrderResult> {

    @Inject
    private Orders orders;

    @Inject
    private Stock stock;

    @Override
    public Outcome<? extends OrderResult> execute(ShipOrder input, Attempt attempt) {
        CustomerOrder order = orders.get(input.orderId());
        if (!stock.ship(order)) {
            // The warehouse has less than it promised: someone corrected the stock by hand.
            order.cancel();
            orders.save(order);
            return Outcome.continueWith(new RefundCard(order.id(), input.paymentKey(), "not in the warehouse"));
        }
        String trackingId = "SHIP-%06d".formatted(order.id());
        order.ship(trackingId);
        orders.save(order);
        return Outcome.complete(new OrderResult.Shipped(trackingId));
    }
}
