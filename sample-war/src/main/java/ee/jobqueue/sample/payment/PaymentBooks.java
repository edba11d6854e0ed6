package ee.jobqueue.sample.payment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Optional;

/** The provider's books, each entry in a transaction of the provider's own: it knows nothing of its customers' ones. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
class PaymentBooks {

    @Inject
    private PaymentLedger ledger;

    @Inject
    private ProviderBehaviour behaviour;

    private final Clock clock = Clock.systemUTC();

    /**
     * Charges, or declines, once for each key; a known key gets the first answer again. Two requests with one key at once
     * meet at the primary key, and the second fails.
     */
    PaymentView charge(String key, ChargeRequest request) {
        Payment known = ledger.find(key);
        if (known != null) {
            return view(known);
        }
        PaymentStatus status = behaviour.declines() ? PaymentStatus.DECLINED : PaymentStatus.CHARGED;
        return add(new Payment(key, request, status, clock.instant()));
    }

    Optional<PaymentView> find(String key) {
        return Optional.ofNullable(ledger.find(key)).map(this::view);
    }

    /** Gives back what was charged; an unknown key is entered as called off, so that a late charge finds it. */
    PaymentView refund(String key) {
        Payment payment = ledger.find(key);
        if (payment == null) {
            return add(Payment.calledOff(key, clock.instant()));
        }
        payment.refund();
        ledger.save(payment);
        return view(payment);
    }

    private PaymentView add(Payment payment) {
        ledger.add(payment);
        return view(payment);
    }

    private PaymentView view(Payment payment) {
        return payment.view(clock.instant(), behaviour.settlement());
    }
}
