package ee.jobqueue.sample.jpa;

import ee.jobqueue.sample.payment.Payment;
import ee.jobqueue.sample.payment.PaymentLedger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.jspecify.annotations.Nullable;

/** Payments as entities: a managed one is written at the commit. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class JpaPaymentLedger implements PaymentLedger {

    @PersistenceContext
    private EntityManager entityManager;

    @Override
    public @Nullable Payment find(String key) {
        return entityManager.find(Payment.class, key);
    }

    @Override
    public void add(Payment payment) {
        entityManager.persist(payment);
    }

    @Override
    public void save(Payment payment) {
        // it is managed
    }
}
