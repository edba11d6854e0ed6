package ee.jobqueue.sample.jpa;

import ee.jobqueue.sample.intake.ImportRegister;
import ee.jobqueue.sample.intake.OrderImport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** Imported files as entities. */
@ApplicationScoped
@Transactional
class JpaImportRegister implements ImportRegister {

    @PersistenceContext
    private EntityManager entityManager;

    @Override
    public @Nullable OrderImport find(String key) {
        return entityManager.find(OrderImport.class, key);
    }

    @Override
    public void add(OrderImport orderImport) {
        entityManager.persist(orderImport);
        entityManager.flush();
    }
}
