package ee.jobqueue.sample.web;

import ee.jobqueue.sample.order.OrderStatus;
import ee.jobqueue.sample.order.Product;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shop at a glance. Immutable.
 *
 * @param orders how many orders stand where
 * @param moving how many of them move by themselves
 * @param stock what the warehouse has
 * @since 0.1
 */
public record Summary(Map<String, Long> orders, long moving, List<StockView> stock) {

    /**
     * A product's stock. Immutable.
     *
     * @param sku the product
     * @param name what people call it
     * @param price what one costs
     * @param received how many were ever delivered to the warehouse
     * @param onHand how many are there
     * @param reserved how many of those are set aside
     */
    public record StockView(String sku, String name, BigDecimal price, int received, int onHand, int reserved) {

        static StockView of(Product product) {
            return new StockView(
                    product.sku(),
                    product.name(),
                    product.price(),
                    product.received(),
                    product.onHand(),
                    product.reserved());
        }
    }

    static Summary of(Map<OrderStatus, Long> counts, List<Product> products) {
        Map<String, Long> orders = new LinkedHashMap<>();
        counts.forEach((status, count) -> orders.put(status.name(), count));
        long moving = counts.entrySet().stream()
                .filter(entry -> entry.getKey().isMoving())
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new Summary(orders, moving, products.stream().map(StockView::of).toList());
    }
}
