package ee.jobqueue.sample.payment;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;

/**
 * What is to be charged. Immutable.
 *
 * @param orderId for which order
 * @param amount how much
 * @since 0.1
 */
public record ChargeRequest(
        @NotNull @Positive Long orderId, @NotNull @Positive BigDecimal amount) {}
