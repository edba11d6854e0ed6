package ee.jobqueue.sample.web;

import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as clients see it. Immutable.
 *
 * @param id its id
 * @param customer who ordered
 * @param sku what
 * @param quantity how many
 * @param total what it costs
 * @param status where it stands
 * @param trackingId the carrier's number; {@code null} before it is shipped
 * @param reason why it was refused; {@code null} while it is not
 * @param placedAt when it came in
 * @param changedAt when it last moved
 * @since 0.1
 */
public record OrderView(
        long id,
        String customer,
        String sku,
        int quantity,
        BigDecimal total,
        OrderStatus status,
        @Nullable String trackingId,
        @Nullable String reason,
        Instant placedAt,
        Instant changedAt) {

    static OrderView of(CustomerOrder order) {
        return new OrderView(
                order.id(),
                order.customer(),
                order.sku(),
                order.quantity(),
                order.total(),
                order.status(),
                order.trackingId().orElse(null),
                order.reason().orElse(null),
                order.placedAt(),
                order.changedAt());
    }
}
