package ee.jobqueue.sample.payment;

/**
 * Thrown when the bank says no. Asking again with the same key gives the same answer.
 *
 * @since 0.1
 */
public final class PaymentDeclinedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PaymentDeclinedException() {
        super("the payment was declined");
    }
}
