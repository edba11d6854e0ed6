package ee.jobqueue.examples;

import ee.jobqueue.examples.FirstChain.Order;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The application behind the examples. Safe for use by several threads. */
final class Shop implements FirstChain.Orders, FirstChain.Stock, FirstChain.Payments {

    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private final AtomicInteger stock = new AtomicInteger();
    private final ConcurrentMap<Long, String> receipts = new ConcurrentHashMap<>();

    /** Puts so many pieces on the shelf. */
    void sell(int pieces) {
        stock.set(pieces);
    }

    /** The receipts of the orders that are paid, by order. */
    Map<Long, String> paid() {
        return Map.copyOf(receipts);
    }

    @Override
    public void add(Order order) {
        orders.add(order);
    }

    @Override
    public void markPaid(long orderId, String receipt) {
        receipts.put(orderId, receipt);
    }

    @Override
    public boolean take(long orderId) {
        return stock.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    @Override
    public BigDecimal priceOf(long orderId) {
        return BigDecimal.TEN;
    }

    @Override
    public String charge(BigDecimal amount, String idempotencyKey) {
        return "receipt for " + idempotencyKey;
    }
}
