package ee.jobqueue.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The sample's REST API, seen by a client. Safe for use by several threads. */
final class Shop {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String address;
    private final @Nullable String authorization;

    /** The shop as who may do everything sees it. */
    Shop(int port) {
        this("http://localhost:" + port, basic("approver", "approver-demo"));
    }

    private Shop(String address, @Nullable String authorization) {
        this.address = address;
        this.authorization = authorization;
    }

    Shop as(String name, String password) {
        return new Shop(address, basic(name, password));
    }

    Shop asNobody() {
        return new Shop(address, null);
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ':' + password).getBytes(UTF_8));
    }

    boolean isReady() {
        try {
            return get("/health/ready").statusCode() == 200
                    && get("/api/orders/summary").statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    JsonObject summary() throws IOException {
        return json(get("/api/orders/summary"));
    }

    JsonObject audit() throws IOException {
        return json(get("/api/orders/audit"));
    }

    JsonObject order(long id) throws IOException {
        return json(get("/api/orders/" + id)).getJsonObject("order");
    }

    /** Sends what a customer's browser would never send. */
    HttpResponse<String> postOrder(String body) throws IOException {
        return post("/api/orders", "application/json", body);
    }

    HttpResponse<String> decide(long id, boolean approved) throws IOException {
        return post("/api/orders/" + id + "/approval", "application/json", "{\"approved\":" + approved + "}");
    }

    /** Places an order and returns its id once the shop has acknowledged it. */
    long place(String customer, String sku, int quantity) throws IOException {
        String order = Json.createObjectBuilder()
                .add("customer", customer)
                .add("sku", sku)
                .add("quantity", quantity)
                .build()
                .toString();
        HttpResponse<String> answer = postOrder(order);
        if (answer.statusCode() != 201) {
            throw new IOException("not acknowledged: " + answer.statusCode() + " " + answer.body());
        }
        return json(answer).getJsonNumber("id").longValueExact();
    }

    HttpResponse<String> importOrders(String key, BodyPublisher csv) throws IOException {
        return send(importRequest(key, csv));
    }

    CompletableFuture<HttpResponse<String>> importOrdersAsync(String key, BodyPublisher csv) {
        return client.sendAsync(importRequest(key, csv).build(), BodyHandlers.ofString());
    }

    static JsonObject json(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.uri() + " answered " + answer.statusCode() + " " + answer.body());
        }
        return Json.createReader(new StringReader(answer.body())).readObject();
    }

    private HttpRequest.Builder importRequest(String key, BodyPublisher csv) {
        return request("/api/orders/import")
                .header("Content-Type", "text/csv")
                .header("Idempotency-Key", key)
                .POST(csv);
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String contentType, String body) throws IOException {
        return send(request(path)
                .header("Content-Type", contentType)
                .header("Idempotency-Key", "any")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
