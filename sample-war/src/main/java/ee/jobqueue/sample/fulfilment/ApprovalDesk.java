package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.ChainId;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Outcome;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.OrderNotFoundException;
import ee.jobqueue.sample.order.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Where a person decides on a large order: completes the order's waiting job without a worker. Safe for use by several
 * threads.
 *
 * @since 0.1
 */
@ApplicationScoped
@Transactional
public class ApprovalDesk {

    @Inject
    private JobQueue queue;

    @Inject
    private Orders orders;

    /**
     * Approves an order: its card is charged next. Joins the caller's transaction.
     *
     * @param orderId the order
     * @throws OrderNotFoundException when there is no such order
     * @throws ee.jobqueue.TypeMismatchException when the order does not wait for a decision (any more)
     * @throws ee.jobqueue.AlreadyOverException when the order has ended
     */
    public void approve(long orderId) {
        CustomerOrder order = orders.get(orderId);
        queue.complete(new ChainId(order.chainId()), AwaitApproval.class, step -> {
            CustomerOrder waiting = orders.refresh(order);
            waiting.reserve();
            orders.save(waiting);
            return Outcome.continueWith(new ChargeCard(step.orderId(), waiting.total()));
        });
    }

    /**
     * Refuses an order: its stock is released next. Joins the caller's transaction.
     *
     * @param orderId the order
     * @throws OrderNotFoundException when there is no such order
     * @throws ee.jobqueue.TypeMismatchException when the order does not wait for a decision (any more)
     * @throws ee.jobqueue.AlreadyOverException when the order has ended
     */
    public void refuse(long orderId) {
        CustomerOrder order = orders.get(orderId);
        queue.complete(new ChainId(order.chainId()), AwaitApproval.class, step -> {
            cancel(orders.refresh(order));
            return Outcome.continueWith(new CancelOrder(step.orderId(), "not approved"));
        });
    }

    private void cancel(CustomerOrder order) {
        order.cancel();
        orders.save(order);
    }
}
