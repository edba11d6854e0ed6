package ee.jobqueue.sample.order;

/**
 * Thrown when an order is named that does not exist.
 *
 * @since 0.1
 */
public final class OrderNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param id the id that leads nowhere
     */
    public OrderNotFoundException(long id) {
        super("there is no order " + id);
    }
}
