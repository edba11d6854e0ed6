package ee.jobqueue.sample.fulfilment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/**
 * An invoice. Its primary key is the order: a second one for the same order cannot be written. Not for use by several threads.
 *
 * @since 0.1
 */
@Entity
@Table(indexes = @Index(name = "invoice_payment_key", columnList = "payment_key", unique = true))
public class Invoice {

    @Id
    @Column(name = "order_id")
    private long orderId;

    @Column(name = "tracking_id", nullable = false, length = 40)
    private String trackingId;

    @Column(name = "payment_key", nullable = false, length = 100)
    private String paymentKey;

    @Column(nullable = false, precision = 12, scale = 2)
    private BigDecimal amount;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected Invoice() {}

    Invoice(long orderId, String trackingId, PaymentConfirmation payment) {
        this.orderId = orderId;
        this.trackingId = trackingId;
        this.paymentKey = payment.paymentKey();
        this.amount = payment.amount();
    }
}
