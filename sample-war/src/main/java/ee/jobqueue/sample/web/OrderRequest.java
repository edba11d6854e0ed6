package ee.jobqueue.sample.web;

import ee.jobqueue.sample.intake.PlaceOrder;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;

/**
 * An order as a client sends it. Immutable.
 *
 * @param customer who orders
 * @param sku what
 * @param quantity how many; as it was sent, since JSON-B would make 1 of 1.5, and 2 of 4294967298
 * @since 0.1
 */
public record OrderRequest(
        @NotBlank @Size(max = PlaceOrder.MAX_CUSTOMER_LENGTH) @Pattern(regexp = PlaceOrder.CUSTOMER_PATTERN, message = "must not hold control characters") String customer,

        @NotBlank @Size(max = 40) String sku,

        @NotNull @Digits(integer = 4, fraction = 0) @Min(1) @Max(PlaceOrder.MAX_QUANTITY) BigDecimal quantity) {

    PlaceOrder toPlaceOrder() {
        return new PlaceOrder(customer, sku, quantity.intValueExact());
    }
}
