package ee.jobqueue.sample.jpa;

import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Each move is one guarded statement. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class JpaStock implements Stock {

    private static final String RESERVE = """
            update Product p set p.reserved = p.reserved + :quantity
             where p.sku = :sku and p.onHand - p.reserved >= :quantity""";

    private static final String SHIP = """
            update Product p set p.onHand = p.onHand - :quantity, p.reserved = p.reserved - :quantity
             where p.sku = :sku and p.onHand >= :quantity and p.reserved >= :quantity""";

    private static final String RELEASE = """
            update Product p set p.reserved = p.reserved - :quantity
             where p.sku = :sku and p.reserved >= :quantity""";

    @PersistenceContext
    private EntityManager entityManager;

    @Override
    public boolean reserve(CustomerOrder order) {
        return move(RESERVE, order);
    }

    @Override
    public boolean ship(CustomerOrder order) {
        return move(SHIP, order);
    }

    @Override
    public void release(CustomerOrder order) {
        if (!move(RELEASE, order)) {
            throw new IllegalStateException("nothing is reserved for order " + order.id() + ": " + order.quantity()
                    + " of " + order.sku() + " cannot be released");
        }
    }

    private boolean move(String statement, CustomerOrder order) {
        return entityManager
                        .createQuery(statement)
                        .setParameter("sku", order.sku())
                        .setParameter("quantity", order.quantity())
                        .executeUpdate()
                == 1;
    }
}
