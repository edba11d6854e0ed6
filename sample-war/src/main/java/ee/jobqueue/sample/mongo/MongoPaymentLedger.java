package ee.jobqueue.sample.mongo;

import ee.jobqueue.sample.payment.Payment;
import ee.jobqueue.sample.payment.PaymentLedger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.jspecify.annotations.Nullable;

/** Payments as documents. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class MongoPaymentLedger implements PaymentLedger {

    @Inject
    private ShopDatabase database;

    @Override
    public @Nullable Payment find(String key) {
        return database.find(Payment.class, key).orElse(null);
    }

    @Override
    public void add(Payment payment) {
        database.insert(payment);
    }

    @Override
    public void save(Payment payment) {
        database.replace(payment);
    }
}
