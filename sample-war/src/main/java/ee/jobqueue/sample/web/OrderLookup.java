package ee.jobqueue.sample.web;

import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueue;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;

/** Reads an order together with its chains. */
@ApplicationScoped
@Transactional
class OrderLookup {

    @Inject
    private Orders orders;

    @Inject
    private JobQueue queue;

    OrderDetails find(long id) {
        CustomerOrder order = orders.get(id);
        List<ChainView> chains = new ArrayList<>();
        chains.add(chain(order.chainId()));
        order.invoiceChainId().ifPresent(invoice -> addInvoice(chains, invoice));
        return new OrderDetails(OrderView.of(order), chains);
    }

    private void addInvoice(List<ChainView> chains, String invoice) {
        List<Job> jobs = queue.jobs(new ChainId(invoice));
        String fulfilment = chains.get(0).id();
        queue.blockers(jobs.get(0).id()).stream()
                .map(blocker -> blocker.chainId().value())
                .filter(id -> !id.equals(fulfilment))
                .map(this::chain)
                .forEach(chains::add);
        chains.add(ChainView.of(jobs));
    }

    private ChainView chain(String id) {
        return ChainView.of(queue.jobs(new ChainId(id)));
    }
}
