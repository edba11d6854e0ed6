package ee.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ways that an order can take, and what the shop does not accept. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OrderFulfilmentIT {

    private static final String SMALL = "MUG-BLUE";
    private static final String LARGE = "DESK-SIT";

    /** Deadlines that a test can wait for. No payment is declined by chance. */
    private static final Map<String, String> SETTINGS = Map.of(
            "SAMPLE_APPROVAL_DEADLINE", "PT8S",
            "SAMPLE_REMINDER_DELAY", "PT1S",
            "SAMPLE_PAYMENT_LATENCY", "PT0.01S",
            "SAMPLE_PAYMENT_SETTLEMENT", "PT0.5S",
            "SAMPLE_PAYMENT_FAILURE_RATE", "0.3",
            "SAMPLE_PAYMENT_DECLINE_RATE", "0",
            "JOBQUEUE_BACKOFF_INITIAL", "PT0.2S",
            "JOBQUEUE_TYPE_CHARGE_CARD_BACKOFF_INITIAL", "PT0.2S");

    private static SampleServer server;
    private static Shop shop;

    @BeforeAll
    static void open() throws IOException {
        server = new SampleServer(Path.of("target/order-fulfilment"), SETTINGS);
        shop = server.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void aSmallOrderIsShippedAndItsInvoiceFollowsThePayment() throws IOException {
        long order = shop.place("Ada", SMALL, 2);

        awaitStatus(order, "SHIPPED");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(shop.audit().getInt("shippedWithoutInvoice")).isZero());
        assertThat(shop.summary().getJsonObject("orders").getInt("SHIPPED")).isPositive();
    }

    @Test
    void aLargeOrderWaitsUntilAPersonApprovesItOnce() throws IOException {
        long order = shop.place("Bob", LARGE, 3);
        awaitStatus(order, "AWAITING_APPROVAL");

        assertThat(shop.decide(order, true).statusCode()).isEqualTo(204);

        awaitStatus(order, "SHIPPED");
        HttpResponse<String> late = shop.decide(order, false);
        assertThat(late.statusCode()).isEqualTo(409);
    }

    @Test
    void aLargeOrderThatAPersonRefusesGivesItsStockBack() throws IOException {
        long order = shop.place("Cleo", LARGE, 3);
        awaitStatus(order, "AWAITING_APPROVAL");

        assertThat(shop.decide(order, false).statusCode()).isEqualTo(204);

        awaitStatus(order, "REFUSED");
        assertThat(shop.order(order).getString("reason")).isEqualTo("not approved");
    }

    @Test
    void aLargeOrderThatNobodyDecidesIsRefusedAfterItsDeadline() throws IOException {
        long first = shop.place("Dan", LARGE, 4);
        long second = shop.place("Eve", LARGE, 4);

        awaitStatus(first, "REFUSED");
        awaitStatus(second, "REFUSED");
        assertThat(shop.order(first).getString("reason")).isNotEqualTo("not approved");
        assertThat(shop.audit().getInt("reservedDifference")).isZero();
    }

    @Test
    void anOrderThatIsNotUnderstoodIsRefusedWithTheFieldAndNothingIsPlaced() throws IOException {
        assertRefused(shop.postOrder("{\"customer\":\"x\",\"sku\":\"MUG-BLUE\",\"quantity\":\"two\"}"), "quantity");
        assertRefused(shop.postOrder("{\"customer\":\"x\",\"sku\":\"MUG-BLUE\",\"quantity\":0}"), "quantity");
        assertRefused(shop.postOrder("{\"customer\":\"\",\"sku\":\"MUG-BLUE\",\"quantity\":1}"), "customer");
        assertRefused(shop.postOrder("{\"customer\":\"x\",\"sku\":\"NOPE\",\"quantity\":1}"), "NOPE");
        assertRefused(shop.postOrder("{\"customer\":"), "JSON");
    }

    @Test
    void aFileWithBadRowsIsRefusedByLineAndNothingOfItIsImported() throws IOException {
        String csv = "customer,sku,quantity\nGil,MUG-BLUE,1\nGil,NOPE,2\nGil,MUG-BLUE,x\nGil,MUG-BLUE\n";

        HttpResponse<String> answer = shop.importOrders("bad rows", BodyPublishers.ofString(csv));

        assertRefused(answer, "line 3");
        assertThat(answer.body()).contains("NOPE", "line 4", "'x'", "line 5");
        assertThat(shop.audit().getInt("ordersWithoutChain")).isZero();
        assertThat(shop.importOrders("good rows", BodyPublishers.ofString("customer,sku,quantity\nGil,MUG-BLUE,1\n"))
                        .body())
                .as("the line that was good before is imported once, now")
                .contains("\"orders\":1");
    }

    private static void assertRefused(HttpResponse<String> answer, String named) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(named);
    }

    private static void awaitStatus(long order, String status) {
        await("order " + order + " is " + status)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> shop.order(order).getString("status"), status::equals);
    }
}
