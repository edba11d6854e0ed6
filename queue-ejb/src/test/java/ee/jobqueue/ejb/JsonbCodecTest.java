package ee.jobqueue.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.InvalidJobTypeException;
import ee.jobqueue.InvalidPayloadException;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** What is written is read back, and nothing becomes 0 or null in silence. */
class JsonbCodecTest {

    private final JsonbCodec codec = new JsonbCodec(Optional.empty());

    public enum Colour {
        RED,
        GREEN
    }

    public record Line(String sku, int quantity) {}

    public record Order(
            long id,
            BigDecimal total,
            Colour colour,
            List<Line> lines,
            Map<String, Integer> counts,
            Instant at,
            Optional<String> note,
            Boolean paid) {}

    @JsonbTypeInfo({
        @JsonbSubtype(alias = "shipped", type = Shipped.class),
        @JsonbSubtype(alias = "refused", type = Refused.class)
    })
    public sealed interface Result {}

    public record Shipped(String trackingId) implements Result {}

    public record Refused(String reason, int code) implements Result {}

    @JsonbTypeInfo({@JsonbSubtype(alias = "known", type = Known.class)})
    public sealed interface Incomplete {}

    public record Known(String name) implements Incomplete {}

    public record Forgotten(String name) implements Incomplete {}

    public record Bean(Thread thread) {}

    public record Anything(Object value) {}

    public record Wild(List<?> values) {}

    @SuppressWarnings("rawtypes")
    public record Raw(List values) {}

    record Hidden(String name) {}

    private static final String ORDER = """
            {"id":7,"total":12.50,"colour":"RED","lines":[{"sku":"A","quantity":2}],"counts":{"a":1},\
            "at":"2026-01-02T03:04:05Z","note":"n","paid":true}""";

    @Test
    void whatIsWrittenIsReadBack() {
        Order order = new Order(
                Long.MAX_VALUE,
                new BigDecimal("12.50"),
                Colour.GREEN,
                List.of(new Line("A", 2), new Line("B", 3)),
                Map.of("a", 1),
                Instant.parse("2026-01-02T03:04:05.678Z"),
                Optional.of("n"),
                null);

        assertThat(codec.decode("order", codec.encode("order", order), Order.class))
                .isEqualTo(order);
    }

    @Test
    void anOptionalComponentMayBeMissing() {
        Order order = (Order) codec.decode("order", ORDER.replace(",\"note\":\"n\"", ""), Order.class);

        assertThat(order.note()).isEmpty();
    }

    @Test
    void aComponentThatIsGoneFromTheTypeIsPassedOver() {
        assertThat(codec.decode("line", "{\"sku\":\"A\",\"quantity\":2,\"gone\":1}", Line.class))
                .isEqualTo(new Line("A", 2));
    }

    @Test
    void aPolymorphicOutputKeepsItsSubtype() {
        String text = codec.encode("order", new Refused("no stock", 3));

        assertThat(text).contains("refused");
        assertThat(codec.decode("order", text, Result.class)).isEqualTo(new Refused("no stock", 3));
    }

    @Test
    void aMissingOrRenamedComponentIsRefused() {
        violations(ORDER.replace("\"id\"", "\"orderId\""), Order.class).containsExactly("$.id: is missing");
        violations(ORDER.replace("\"quantity\"", "\"amount\""), Order.class)
                .containsExactly("$.lines[0].quantity: is missing");
        violations("{\"@type\":\"refused\",\"reason\":\"r\"}", Result.class).containsExactly("$.code: is missing");
    }

    @Test
    void aNullPrimitiveIsRefused() {
        violations(ORDER.replace("\"id\":7", "\"id\":null"), Order.class)
                .containsExactly("$.id: must not be null, it is a long");
    }

    @Test
    void anOverflowOrAFractionIsRefused() {
        violations("{\"sku\":\"A\",\"quantity\":2147483648}", Line.class)
                .containsExactly("$.quantity: must be a whole number that fits a int, it is 2147483648");
        violations("{\"sku\":\"A\",\"quantity\":1.5}", Line.class).hasSize(1);
        violations(ORDER.replace("{\"a\":1}", "{\"a\":3000000000}"), Order.class)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("$.counts.a: ");
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        violations("{\"sku\":5,\"quantity\":\"2\"}", Line.class).hasSize(2);
        violations(ORDER.replace("\"RED\"", "\"BLUE\""), Order.class).hasSize(1);
        violations(ORDER.replace("\"paid\":true", "\"paid\":\"yes\""), Order.class)
                .hasSize(1);
        violations("[1]", Line.class).hasSize(1);
    }

    @Test
    void anUnknownAliasIsRefused() {
        violations("{\"@type\":\"lost\",\"reason\":\"r\",\"code\":1}", Result.class)
                .containsExactly("$.@type: must be one of [shipped, refused], it is lost");
        violations("{\"reason\":\"r\",\"code\":1}", Result.class).hasSize(1);
    }

    @Test
    void trailingTextAndWhatIsNoJsonAreRefused() {
        violations("{\"sku\":\"A\",\"quantity\":2} {}", Line.class).hasSize(1);
        violations("{\"sku\":\"A\",", Line.class).hasSize(1);
        violations("", Line.class).hasSize(1);
    }

    @Test
    void typesThatCannotBeReadBackAreRefusedAtDeployment() {
        refused(Bean.class).contains("java.lang.Thread");
        refused(Anything.class).contains("Object");
        refused(Wild.class).contains("?");
        refused(Raw.class).contains("raw");
        refused(Hidden.class).contains("must be public");
        refused(Incomplete.class).contains("no alias for", "Forgotten");
        codec.check("order", Order.class);
        codec.check("order", Result.class);
    }

    private ListAssert<String> violations(String text, Type type) {
        InvalidPayloadException error = org.assertj.core.api.Assertions.catchThrowableOfType(
                InvalidPayloadException.class, () -> codec.decode("order", text, type));
        assertThat(error).as("%s is refused", text).isNotNull();
        return assertThat(error.violations());
    }

    private org.assertj.core.api.AbstractStringAssert<?> refused(Class<?> type) {
        InvalidJobTypeException error = org.assertj.core.api.Assertions.catchThrowableOfType(
                InvalidJobTypeException.class, () -> codec.check("order", type));
        assertThat(error).as("%s is refused", type).isNotNull();
        return assertThat(error.rule());
    }
}
