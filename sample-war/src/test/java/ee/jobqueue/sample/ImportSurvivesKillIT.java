package ee.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 10,000 orders are imported, and the server is killed with SIGKILL again and again: while it takes the file, and while the
 * orders move. In the end every order has ended exactly once, and the books agree.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ImportSurvivesKillIT {

    private static final Path CSV = Path.of("src/main/webapp/orders-10000.csv");
    private static final String KEY = "the-import";

    /** Quicker than in real life, so that the test is over soon; what is tested does not depend on it. */
    private static final Map<String, String> SETTINGS = Map.of(
            "SAMPLE_PAYMENT_LATENCY", "PT0.01S",
            "SAMPLE_PAYMENT_SETTLEMENT", "PT1S",
            "JOBQUEUE_WORKER_LEASE", "PT10S");

    private final List<Long> acknowledged = new ArrayList<>();

    @Test
    void noAcknowledgedOrderIsLostAndNoneIsFulfilledTwice() throws Exception {
        try (SampleServer server = new SampleServer(Path.of("target/import-survives-kill"), SETTINGS)) {
            killDuringImport(server);

            Shop shop = server.start();
            assertThat(Shop.json(shop.importOrders(KEY, BodyPublishers.ofFile(CSV)))
                            .getInt("orders"))
                    .isEqualTo(10_000);
            killWhenShipped(server, shop, 1_000);
            killWhenShipped(server, server.start(), 4_000);

            shop = server.start();
            assertThat(Shop.json(shop.importOrders(KEY, BodyPublishers.ofFile(CSV)))
                            .getBoolean("repeated"))
                    .isTrue();
            awaitNothingMoves(shop);
            assertAcknowledgedOrdersHaveEnded(shop);
            assertTheQueueAgrees(shop.audit());

            server.kill();
            try (Books books = new Books(server.databaseUrl())) {
                assertOrdersAreThoseOfTheFile(books);
                assertStockAgrees(books);
                assertMoneyAgrees(books);
            }
        }
    }

    /** The client has sent its last byte and gets no answer. */
    private void killDuringImport(SampleServer server) throws Exception {
        Shop shop = server.start();
        CountDownLatch sent = new CountDownLatch(1);
        var answer = shop.importOrdersAsync(KEY, tellingWhenSent(sent));
        assertThat(sent.await(1, TimeUnit.MINUTES)).isTrue();
        server.kill();
        answer.exceptionally(lost -> null).get(1, TimeUnit.MINUTES);
    }

    /** Other customers order all the while. */
    private void killWhenShipped(SampleServer server, Shop shop, int shipped) {
        Customers customers = new Customers(shop);
        customers.shopUntilTheServerIsGone();
        await("orders are shipped")
                .atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> customers.acknowledgedSoFar() > 0 && shipped(shop.summary()) >= shipped);
        server.kill();
        acknowledged.addAll(customers.acknowledged());
    }

    private static void awaitNothingMoves(Shop shop) throws IOException {
        assertThat(shop.summary().getInt("moving"))
                .as("the server was killed in the middle of the work")
                .isPositive();
        await("nothing moves and all invoices are sent")
                .atMost(Duration.ofMinutes(8))
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        shop.summary().getInt("moving") == 0 && shop.audit().getInt("shippedWithoutInvoice") == 0);
    }

    private void assertAcknowledgedOrdersHaveEnded(Shop shop) throws IOException {
        assertThat(acknowledged).isNotEmpty().doesNotHaveDuplicates();
        for (long id : acknowledged) {
            assertThat(shop.order(id).getString("status")).as("order " + id).isIn("SHIPPED", "REFUSED");
        }
    }

    private static void assertTheQueueAgrees(JsonObject audit) {
        assertThat(audit.getInt("chains")).isEqualTo(audit.getInt("orders"));
        assertThat(audit.getInt("ordersWithoutChain")).isZero();
        assertThat(audit.getInt("chainsWithoutOrder")).isZero();
    }

    private void assertOrdersAreThoseOfTheFile(Books books) throws Exception {
        assertThat(books.numbers("SELECT line, COUNT(*) FROM (SELECT CONCAT(customer, '|', sku, '|', quantity) AS line"
                        + " FROM customer_order WHERE customer <> '" + Customers.NAME + "') GROUP BY line"))
                .isEqualTo(ordersOfTheFile());
        assertThat(books.count("SELECT COUNT(*) FROM customer_order WHERE customer = '" + Customers.NAME + "'"))
                .as("all that were acknowledged, and at most the one without an answer at each of two kills")
                .isBetween((long) acknowledged.size(), acknowledged.size() + 2L);
        assertThat(books.numbers("SELECT status, COUNT(*) FROM customer_order GROUP BY status"))
                .as("large orders wait, clocks run out, some cards are declined")
                .containsOnlyKeys("SHIPPED", "REFUSED", "AWAITING_APPROVAL");
        assertThat(books.count("SELECT COUNT(*) - COUNT(DISTINCT chain_id) FROM customer_order"))
                .isZero();
    }

    private static void assertStockAgrees(Books books) throws Exception {
        assertThat(books.numbers("SELECT sku, received - on_hand FROM product"))
                .as("what left the warehouse is what was shipped")
                .isEqualTo(books.numbers("SELECT sku, COALESCE((SELECT SUM(quantity) FROM customer_order o"
                        + " WHERE o.sku = p.sku AND status = 'SHIPPED'), 0) FROM product p"));
        assertThat(books.numbers("SELECT sku, reserved FROM product"))
                .as("what is set aside is what waits for approval")
                .isEqualTo(books.numbers("SELECT sku, COALESCE((SELECT SUM(quantity) FROM customer_order o"
                        + " WHERE o.sku = p.sku AND status = 'AWAITING_APPROVAL'), 0) FROM product p"));
    }

    private static void assertMoneyAgrees(Books books) throws Exception {
        String shipped = "SELECT id, 1 FROM customer_order WHERE status = 'SHIPPED'";
        assertThat(books.numbers("SELECT order_id, COUNT(*) FROM payment WHERE status = 'CHARGED' GROUP BY order_id"))
                .as("one charge for each shipped order, and none for another")
                .isEqualTo(books.numbers(shipped));
        assertThat(books.numbers("SELECT order_id, COUNT(*) FROM invoice GROUP BY order_id"))
                .as("one invoice for each shipped order, and none for another")
                .isEqualTo(books.numbers(shipped));
    }

    private static Map<String, Long> ordersOfTheFile() throws IOException {
        Map<String, Long> orders = new TreeMap<>();
        for (String line : Files.readAllLines(CSV)) {
            int quantity = line.lastIndexOf(',');
            int sku = line.lastIndexOf(',', quantity - 1);
            String customer = line.substring(0, sku).replace("\"", "");
            orders.merge(
                    customer + '|' + line.substring(sku + 1, quantity) + '|' + line.substring(quantity + 1),
                    1L,
                    Long::sum);
        }
        orders.remove("customer|sku|quantity");
        return orders;
    }

    private static long shipped(JsonObject summary) {
        return summary.getJsonObject("orders").getInt("SHIPPED");
    }

    private static BodyPublisher tellingWhenSent(CountDownLatch sent) {
        return BodyPublishers.ofInputStream(() -> {
            try {
                return new FilterInputStream(Files.newInputStream(CSV)) {
                    @Override
                    public void close() throws IOException {
                        super.close();
                        sent.countDown();
                    }
                };
            } catch (IOException e) {
                throw new IllegalStateException("the sample's file cannot be read", e);
            }
        });
    }
}
