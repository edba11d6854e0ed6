package ee.jobqueue.sample.intake;

import ee.jobqueue.Chain;
import ee.jobqueue.JobQueue;
import ee.jobqueue.sample.fulfilment.OrderResult;
import ee.jobqueue.sample.fulfilment.ReserveStock;
import ee.jobqueue.sample.order.Catalogue;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Takes single orders. Safe for use by several threads.
 *
 * @since 0.1
 */
@ApplicationScoped
@Transactional
public class OrderIntake {

    @Inject
    private Catalogue catalogue;

    @Inject
    private Orders orders;

    @Inject
    private JobQueue queue;

    /**
     * Writes an order and starts its chain: both commit, or neither.
     *
     * @param request a validated request
     * @return the order
     * @throws UnknownProductException when the shop does not sell the product; nothing is written
     */
    public CustomerOrder place(PlaceOrder request) {
        CustomerOrder order = catalogue
                .find(request.sku())
                .map(product -> new CustomerOrder(request.customer(), product, request.quantity()))
                .orElseThrow(() -> new UnknownProductException(request.sku()));
        orders.add(order);
        Chain<OrderResult> chain = queue.start(new ReserveStock(order.id()));
        order.fulfilledBy(chain.id().value());
        orders.save(order);
        return order;
    }
}
