package ee.jobqueue.sample.jpa;

import ee.jobqueue.sample.fulfilment.Correspondence;
import ee.jobqueue.sample.fulfilment.Invoice;
import ee.jobqueue.sample.fulfilment.Reminder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Invoices and reminders as entities. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class JpaCorrespondence implements Correspondence {

    @PersistenceContext
    private EntityManager entityManager;

    @Override
    public void send(Invoice invoice) {
        entityManager.persist(invoice);
    }

    @Override
    public void send(Reminder reminder) {
        entityManager.persist(reminder);
    }
}
