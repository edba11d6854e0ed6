package ee.jobqueue.sample.mongo;

import ee.jobqueue.sample.intake.ImportRegister;
import ee.jobqueue.sample.intake.OrderImport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** Imported files as documents. Of two imports with one key at once the second fails with a write conflict. */
@ApplicationScoped
@Transactional
class MongoImportRegister implements ImportRegister {

    @Inject
    private ShopDatabase database;

    @Override
    public @Nullable OrderImport find(String key) {
        return database.find(OrderImport.class, key).orElse(null);
    }

    @Override
    public void add(OrderImport orderImport) {
        database.insert(orderImport);
    }
}
