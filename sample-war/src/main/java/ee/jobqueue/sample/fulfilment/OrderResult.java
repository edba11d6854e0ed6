package ee.jobqueue.sample.fulfilment;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;

/**
 * How an order ended: what its chain yields.
 *
 * @since 0.1
 */
@JsonbTypeInfo({
    @JsonbSubtype(alias = "shipped", type = OrderResult.Shipped.class),
    @JsonbSubtype(alias = "refused", type = OrderResult.Refused.class)
})
public sealed interface OrderResult {

    /**
     * The goods have left.
     *
     * @param trackingId the carrier's number
     */
    record Shipped(String trackingId) implements OrderResult {}

    /**
     * There are no goods and no charge.
     *
     * @param reason why, for the customer
     */
    record Refused(String reason) implements OrderResult {}
}
