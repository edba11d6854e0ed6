package ee.jobqueue.sample.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/**
 * Moves stock, each time by one guarded statement: what the warehouse does not have is never promised, however many
 * orders ask at once. Safe for use by several threads.
 *
 * @since 0.1
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class Stock {

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

    /**
     * Sets stock aside for an order, in the caller's transaction.
     *
     * @param order the order
     * @return whether there was enough; if not, nothing is set aside
     */
    public boolean reserve(CustomerOrder order) {
        return move(RESERVE, order);
    }

    /**
     * Takes what was set aside for an order out of the warehouse, in the caller's transaction.
     *
     * @param order the order
     * @return whether it was there; if not, nothing is taken
     */
    public boolean ship(CustomerOrder order) {
        return move(SHIP, order);
    }

    /**
     * Makes what was set aside for an order available again, in the caller's transaction.
     *
     * @param order the order
     * @throws IllegalStateException when it was not set aside
     */
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
