package ee.jobqueue.sample.payment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * A row of the provider's own books. Its primary key is the idempotency key: no key is ever charged twice. Not for
 * use by several threads.
 *
 * @since 0.1
 */
@Entity
public class Payment {

    @Id
    @Column(name = "idempotency_key", length = 100)
    private String key;

    @Column(name = "order_id")
    private long orderId;

    @Column(nullable = false, precision = 12, scale = 2)
    private BigDecimal amount;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false, columnDefinition = "varchar(20)")
    private PaymentStatus status;

    @Column(name = "asked_at", nullable = false)
    private Instant askedAt;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected Payment() {}

    Payment(String key, ChargeRequest request, PaymentStatus status, Instant askedAt) {
        this.key = key;
        this.orderId = request.orderId();
        this.amount = request.amount();
        this.status = status;
        this.askedAt = askedAt;
    }

    private Payment(String key, Instant askedAt) {
        this.key = key;
        this.amount = BigDecimal.ZERO;
        this.status = PaymentStatus.REFUNDED;
        this.askedAt = askedAt;
    }

    static Payment calledOff(String key, Instant askedAt) {
        return new Payment(key, askedAt);
    }

    void refund() {
        if (status == PaymentStatus.CHARGED) {
            status = PaymentStatus.REFUNDED;
        }
    }

    PaymentStatus status() {
        return status;
    }

    /** The bank's confirmation is a matter of time, so it is not written but told by the clock. */
    PaymentView view(Instant now, Duration settlement) {
        boolean settled = status == PaymentStatus.CHARGED && !now.isBefore(askedAt.plus(settlement));
        return new PaymentView(key, settled ? PaymentStatus.SETTLED : status, amount);
    }
}
