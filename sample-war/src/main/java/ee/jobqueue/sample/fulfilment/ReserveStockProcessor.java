package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.Attempt;
import ee.jobqueue.Deduplication;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Outcome;
import ee.jobqueue.StartOptions;
import ee.jobqueue.StepOptions;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Orders;
import ee.jobqueue.sample.order.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Atomic: the stock, the order and the next step commit together. */
@ApplicationScoped
class ReserveStockProcessor implements JobProcessor<ReserveStock, OrderResult> {

    private static final String OUT_OF_STOCK = "out of stock";

    @Inject
    private Orders orders;

    @Inject
    private Stock stock;

    @Inject
    private FulfilmentRules rules;

    @Inject
    private JobQueue queue;

    @Override
    public Outcome<? extends OrderResult> execute(ReserveStock input, Attempt attempt) {
        CustomerOrder order = orders.get(input.orderId());
        if (!stock.reserve(order)) {
            order.refuse(OUT_OF_STOCK);
            orders.save(order);
            return Outcome.complete(new OrderResult.Refused(OUT_OF_STOCK));
        }
        if (rules.needsApproval(order.total())) {
            return awaitApproval(order);
        }
        order.reserve();
        orders.save(order);
        return Outcome.continueWith(new ChargeCard(order.id(), order.total()));
    }

    /** The key lets one reminder stand for all orders that wait, however many come in before it is sent. */
    private Outcome<OrderResult> awaitApproval(CustomerOrder order) {
        order.awaitApproval();
        orders.save(order);
        queue.start(
                new RemindApprover(rules.approver()),
                StartOptions.NONE
                        .after(rules.reminderDelay())
                        .deduplicatedBy(Deduplication.whileIncomplete(rules.approver())));
        return Outcome.continueWith(new AwaitApproval(order.id()), StepOptions.NONE.after(rules.approvalDeadline()));
    }
}
