package ee.jobqueue.sample.jpa;

import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.OrderNotFoundException;
import ee.jobqueue.sample.order.OrderStatus;
import ee.jobqueue.sample.order.Orders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders as entities: a managed one is written at the commit, or before a query. */
@ApplicationScoped
@Transactional
class JpaOrders implements Orders {

    @PersistenceContext
    private EntityManager entityManager;

    @Override
    public void add(CustomerOrder order) {
        entityManager.persist(order);
    }

    @Override
    public void addAll(List<CustomerOrder> orders) {
        orders.forEach(entityManager::persist);
    }

    @Override
    public void save(CustomerOrder order) {
        // it is managed
    }

    @Override
    public void saveAll(List<CustomerOrder> orders) {
        entityManager.flush();
        entityManager.clear();
    }

    @Override
    public CustomerOrder get(long id) {
        CustomerOrder order = entityManager.find(CustomerOrder.class, id);
        if (order == null) {
            throw new OrderNotFoundException(id);
        }
        return order;
    }

    @Override
    public CustomerOrder refresh(CustomerOrder order) {
        entityManager.refresh(order);
        return order;
    }

    @Override
    public List<CustomerOrder> recent(Optional<OrderStatus> status, int limit) {
        String where = status.isPresent() ? " where o.status = :status" : "";
        var query = entityManager
                .createQuery(
                        "select o from CustomerOrder o" + where + " order by o.changedAt desc", CustomerOrder.class)
                .setMaxResults(limit);
        status.ifPresent(value -> query.setParameter("status", value));
        return query.getResultList();
    }

    @Override
    public long count(OrderStatus status) {
        return entityManager
                .createQuery("select count(o) from CustomerOrder o where o.status = :status", Long.class)
                .setParameter("status", status)
                .getSingleResult();
    }

    @Override
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
