package ee.jobqueue.sample.mongo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import ee.jobqueue.sample.audit.Books;
import ee.jobqueue.sample.fulfilment.Invoice;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Product;
import ee.jobqueue.sample.payment.Payment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/** The books by reading all of them, in one snapshot. */
@ApplicationScoped
@Transactional
class MongoBooks implements Books {

    private static final Set<String> MOVING = Set.of("PLACED", "RESERVED", "PAID", "CANCELLING");
    private static final Set<String> HOLDING = Set.of("RESERVED", "AWAITING_APPROVAL", "PAID", "CANCELLING");
    private static final Set<String> SHIPPED = Set.of("SHIPPED");

    @Inject
    private ShopDatabase database;

    @Override
    public Set<String> chainsOfOrders() {
        return database.all(CustomerOrder.class, "chainId").stream()
                .map(order -> order.getString("chainId"))
                .collect(Collectors.toSet());
    }

    @Override
    public Findings compare() {
        List<Document> orders = database.all(CustomerOrder.class, "status", "sku", "quantity");
        Set<Object> shipped = ids(in(orders, SHIPPED));
        Set<Object> invoiced = ids(database.all(Invoice.class, "_id"));
        List<Object> charged = database.all(Payment.class, "orderId", "status").stream()
                .filter(payment -> "CHARGED".equals(payment.getString("status")))
                .map(payment -> payment.get("orderId"))
                .toList();
        List<Document> products = database.all(Product.class, "received", "onHand", "reserved");
        Map<String, Long> gone = quantities(in(orders, SHIPPED));
        Map<String, Long> held = quantities(in(orders, HOLDING));
        return new Findings(
                orders.size(),
                invoiced.size(),
                in(orders, MOVING).size(),
                shipped.stream().filter(id -> !invoiced.contains(id)).count(),
                invoiced.stream().filter(id -> !shipped.contains(id)).count(),
                charged.stream().filter(id -> !shipped.contains(id)).count(),
                charged.size() - charged.stream().distinct().count(),
                products.stream()
                        .mapToLong(product -> Math.abs(product.getInteger("received")
                                - product.getInteger("onHand")
                                - gone.getOrDefault(product.getString("_id"), 0L)))
                        .sum(),
                products.stream()
                        .mapToLong(product -> Math.abs(
                                product.getInteger("reserved") - held.getOrDefault(product.getString("_id"), 0L)))
                        .sum());
    }

    private static List<Document> in(List<Document> orders, Set<String> statuses) {
        return orders.stream()
                .filter(order -> statuses.contains(order.getString("status")))
                .toList();
    }

    private static Set<Object> ids(List<Document> documents) {
        return documents.stream().map(document -> document.get("_id")).collect(Collectors.toSet());
    }

    private static Map<String, Long> quantities(List<Document> orders) {
        return orders.stream()
                .collect(groupingBy(
                        order -> order.getString("sku"), summingLong(order -> order.getInteger("quantity"))));
    }
}
