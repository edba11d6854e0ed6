package ee.jobqueue.sample.mongo;

import ee.jobqueue.sample.fulfilment.Correspondence;
import ee.jobqueue.sample.fulfilment.Invoice;
import ee.jobqueue.sample.fulfilment.Reminder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Invoices and reminders as documents. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class MongoCorrespondence implements Correspondence {

    @Inject
    private ShopDatabase database;

    @Override
    public void send(Invoice invoice) {
        database.insert(invoice);
    }

    @Override
    public void send(Reminder reminder) {
        database.insert(reminder);
    }
}
