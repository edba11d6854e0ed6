package ee.jobqueue.sample.intake;

/**
 * Thrown when a product is ordered that the shop does not sell.
 *
 * @since 0.1
 */
public final class UnknownProductException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownProductException(String sku) {
        super("there is no product '" + sku + "'");
    }
}
