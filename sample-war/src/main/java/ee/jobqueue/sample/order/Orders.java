package ee.jobqueue.sample.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes orders in the caller's transaction, or in one of its own. Safe for use by several threads.
 *
 * @since 0.1
 */
@ApplicationScoped
@Transactional
public class Orders {

    @PersistenceContext
    private EntityManager entityManager;

    /**
     * Adds an order; it gets its id.
     *
     * @param order a new order
     */
    public void add(CustomerOrder order) {
        entityManager.persist(order);
    }

    /** Writes what was added so far, in batches, and forgets it: keeps the memory of a long import flat. */
    public void flushAndClear() {
        entityManager.flush();
        entityManager.clear();
    }

    /**
     * Reads an order.
     *
     * @param id its id
     * @return the order; managed while the caller's transaction lasts
     * @throws OrderNotFoundException when there is none
     */
    public CustomerOrder get(long id) {
        CustomerOrder order = entityManager.find(CustomerOrder.class, id);
        if (order == null) {
            throw new OrderNotFoundException(id);
        }
        return order;
    }

    /**
     * Reads an order again, as it is in the database now.
     *
     * @param order a managed order
     */
    public void refresh(CustomerOrder order) {
        entityManager.refresh(order);
    }

    /**
     * Lists the orders that moved last.
     *
     * @param status where they stand; empty for all
     * @param limit how many at the most
     * @return the orders, last moved first
     */
    public List<CustomerOrder> recent(Optional<OrderStatus> status, int limit) {
        String where = status.isPresent() ? " where o.status = :status" : "";
        var query = entityManager
                .createQuery(
                        "select o from CustomerOrder o" + where + " order by o.changedAt desc", CustomerOrder.class)
                .setMaxResults(limit);
        status.ifPresent(value -> query.setParameter("status", value));
        return query.getResultList();
    }

    /**
     * Counts the orders in one status.
     *
     * @param status the status
     * @return how many orders stand there
     */
    public long count(OrderStatus status) {
        return entityManager
                .createQuery("select count(o) from CustomerOrder o where o.status = :status", Long.class)
                .setParameter("status", status)
                .getSingleResult();
    }

    /**
     * Counts the orders in every status.
     *
     * @return a count for each status, 0 included
     */
    public Map<OrderStatus, Long> countByStatus() {
        Map<OrderStatus, Long> counts = new EnumMap<>(OrderStatus.class);
        for (OrderStatus status : OrderStatus.values()) {
            counts.put(status, 0L);
        }
        entityManager
                .createQuery("select o.status, count(o) from CustomerOrder o group by o.status", Object[].class)
                .getResultList()
                .forEach(row -> counts.put((OrderStatus) row[0], (Long) row[1]));
        return counts;
    }
}
