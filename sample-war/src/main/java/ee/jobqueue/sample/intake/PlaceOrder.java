package ee.jobqueue.sample.intake;

/**
 * What a customer wants. Immutable; within the bounds given here.
 *
 * @param customer who orders, not blank
 * @param sku what, not yet looked up
 * @param quantity how many, from 1
 * @since 0.1
 */
public record PlaceOrder(String customer, String sku, int quantity) {

    /** The longest name of a customer. */
    public static final int MAX_CUSTOMER_LENGTH = 100;

    /** What a name may hold: no control characters, which some databases refuse. */
    public static final String CUSTOMER_PATTERN = "\\P{Cntrl}*";

    /** The largest quantity. */
    public static final int MAX_QUANTITY = 1_000;
}
