package ee.jobqueue.sample;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.metaAnnotatedWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may call what of the shop. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AccessIT {

    private static final String JSON = "application/json";
    private static final String PAYMENT = "{\"orderId\":1,\"amount\":1}";

    /** A method of the REST API, how it is called, and which of the two demo accounts may. */
    private record Call(String name, String path, String contentType, String body, Set<String> allowed) {

        HttpResponse<String> by(Shop shop) throws IOException {
            return contentType.isEmpty() ? shop.get(path) : shop.post(path, contentType, body);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Set<String> BOTH = Set.of("shopper", "approver");
    private static final Set<String> APPROVER = Set.of("approver");
    private static final Set<String> NEITHER = Set.of();

    private static final List<Call> CALLS = List.of(
            new Call(
                    "OrderResource.place",
                    "/api/orders",
                    JSON,
                    "{\"customer\":\"Ada\",\"sku\":\"MUG-BLUE\",\"quantity\":1}",
                    BOTH),
            new Call("OrderResource.recent", "/api/orders", "", "", BOTH),
            new Call("OrderResource.summary", "/api/orders/summary", "", "", BOTH),
            new Call("OrderResource.audit", "/api/orders/audit", "", "", BOTH),
            new Call("OrderResource.find", "/api/orders/1", "", "", BOTH),
            new Call("OrderResource.decide", "/api/orders/1/approval", JSON, "{\"approved\":true}", APPROVER),
            new Call("ImportResource.run", "/api/orders/import", "text/csv", "customer,sku,quantity\n", BOTH),
            new Call("CallerResource.caller", "/api/caller", "", "", BOTH),
            new Call("PaymentResource.charge", "/api/payments", JSON, PAYMENT, NEITHER),
            new Call("PaymentResource.find", "/api/payments/any", "", "", NEITHER),
            new Call("PaymentResource.refund", "/api/payments/any/refund", JSON, "", NEITHER));

    private static SampleServer server;
    private static Shop shop;

    @BeforeAll
    static void open() throws IOException {
        server = new SampleServer(Path.of("target/access"), Map.of("SAMPLE_APPROVAL_DEADLINE", "PT1H"));
        shop = server.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void everyMethodOfTheRestApiIsAmongTheCalls() {
        Set<String> methods = new ClassFileImporter()
                .importPackages("ee.jobqueue.sample").stream()
                        .filter(type -> !type.isInterface())
                        .flatMap(type -> type.getMethods().stream())
                        .filter(metaAnnotatedWith(HttpMethod.class))
                        .map(AccessIT::name)
                        .collect(Collectors.toSet());

        assertThat(CALLS).extracting(Call::name).containsExactlyInAnyOrderElementsOf(methods);
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void whoDoesNotSayWhoTheyAreAreAsked(Call call) throws IOException {
        assertAsked(call.by(shop.asNobody()));
        assertAsked(call.by(shop.as("approver", "wrong")));
        assertAsked(call.by(shop.as("shop", "shop")));
        assertThat(call.by(shop.as("shop", "")).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void whoMayDoItDoesAndWhoMayNotIsRefused(Call call) throws IOException {
        for (String account : BOTH) {
            int status = call.by(shop.as(account, account + "-demo")).statusCode();
            if (call.allowed().contains(account)) {
                assertThat(status).as("as " + account).isNotIn(401, 403).isLessThan(500);
            } else {
                assertThat(status).as("as " + account).isEqualTo(403);
            }
        }
    }

    @Test
    void aShopperDoesNotApproveAnOrder() throws IOException {
        Shop shopper = shop.as("shopper", "shopper-demo");
        long order = shopper.place("Ada", "DESK-SIT", 3);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> shopper.order(order).getString("status"), "AWAITING_APPROVAL"::equals);

        HttpResponse<String> answer = shopper.decide(order, true);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("your account may not do this");
        assertThat(shopper.order(order).getString("status")).isEqualTo("AWAITING_APPROVAL");
        assertThat(shop.decide(order, true).statusCode()).isEqualTo(204);
    }

    @Test
    void thePageIsForAccountsTooAndAProbeNeedsNone() throws IOException {
        for (String path : List.of("/", "/index.html", "/shop.js", "/orders-10000.csv", "/api", "/api/nothing")) {
            assertAsked(shop.asNobody().get(path));
        }
        assertThat(shop.asNobody().get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(shop.as("shopper", "shopper-demo").get("/").statusCode()).isEqualTo(200);
    }

    private static void assertAsked(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.uri().getPath()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(asked -> assertThat(asked).startsWith("Basic realm="));
    }

    private static String name(JavaMethod method) {
        return method.getOwner().getSimpleName() + '.' + method.getName();
    }
}
