package ee.jobqueue.sample.order;

/**
 * Moves stock, each time by one guarded change: what the warehouse does not have is never promised, however many
 * orders ask at once. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Stock {

    /**
     * Sets stock aside for an order, in the caller's transaction.
     *
     * @param order the order
     * @return whether there was enough; if not, nothing is set aside
     */
    boolean reserve(CustomerOrder order);

    /**
     * Takes what was set aside for an order out of the warehouse, in the caller's transaction.
     *
     * @param order the order
     * @return whether it was there; if not, nothing is taken
     */
    boolean ship(CustomerOrder order);

    /**
     * Makes what was set aside for an order available again, in the caller's transaction.
     *
     * @param order the order
     * @throws IllegalStateException when it was not set aside
     */
    void release(CustomerOrder order);
}
