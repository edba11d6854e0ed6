package ee.jobqueue.sample.jpa;

import ee.jobqueue.sample.order.Product;
import ee.jobqueue.sample.order.Products;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Products as entities. */
@ApplicationScoped
@Transactional
class JpaProducts implements Products {

    @PersistenceContext
    private EntityManager entityManager;

    @Override
    public void add(Product product) {
        entityManager.persist(product);
    }

    @Override
    public Optional<Product> find(String sku) {
        return Optional.ofNullable(entityManager.find(Product.class, sku));
    }

    @Override
    public List<Product> all() {
        return entityManager
                .createQuery("select p from Product p order by p.sku", Product.class)
                .getResultList();
    }
}
