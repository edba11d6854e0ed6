package ee.jobqueue.sample.intake;

import ee.jobqueue.Chain;
import ee.jobqueue.JobQueue;
import ee.jobqueue.StartRequest;
import ee.jobqueue.sample.fulfilment.ReserveStock;
import ee.jobqueue.sample.order.Catalogue;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Orders;
import ee.jobqueue.sample.order.Product;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transaction of an import. */
@ApplicationScoped
@Transactional
class SheetIntake {

    private static final int BATCH_SIZE = 1_000;

    @Inject
    private ImportRegister register;

    @Inject
    private Catalogue catalogue;

    @Inject
    private Orders orders;

    @Inject
    private JobQueue queue;

    @Nullable OrderImport find(String key) {
        return register.find(key);
    }

    void take(String key, OrderSheet sheet) {
        // First of all, so that a second request with the same key waits here and not after its own 10,000 rows.
        register.add(new OrderImport(key, sheet));
        Map<String, Product> products = catalogue.bySku();
        List<PlaceOrder> rows = sheet.orders();
        for (int from = 0; from < rows.size(); from += BATCH_SIZE) {
            place(rows.subList(from, Math.min(from + BATCH_SIZE, rows.size())), products);
        }
    }

    private void place(List<PlaceOrder> rows, Map<String, Product> products) {
        List<CustomerOrder> batch = rows.stream()
                .map(row -> new CustomerOrder(row.customer(), products.get(row.sku()), row.quantity()))
                .toList();
        orders.addAll(batch);
        List<Chain<?>> chains = queue.startAll(batch.stream()
                .map(order -> StartRequest.of(new ReserveStock(order.id())))
                .toList());
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).fulfilledBy(chains.get(i).id().value());
        }
        orders.saveAll(batch);
    }
}
