package ee.jobqueue.sample.order;

/**
 * Where an order stands.
 *
 * @since 0.1
 */
public enum OrderStatus {
    /** Accepted; its chain has been started. */
    PLACED,
    /** Its stock is set aside; the card is being charged. */
    RESERVED,
    /** Its stock is set aside; a person decides whether it goes on. */
    AWAITING_APPROVAL,
    /** The card is charged. */
    PAID,
    /** Its stock is being released, and what was charged refunded. */
    CANCELLING,
    /** Handed to the carrier; the stock is gone. */
    SHIPPED,
    /** Ends without goods and without a charge. */
    REFUSED;

    /**
     * Whether the order moves on by itself.
     *
     * @return false when it has ended, or waits for a person
     */
    public boolean isMoving() {
        return switch (this) {
            case PLACED, RESERVED, PAID, CANCELLING -> true;
            case AWAITING_APPROVAL, SHIPPED, REFUSED -> false;
        };
    }
}
