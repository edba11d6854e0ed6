package ee.jobqueue.sample.jpa;

import ee.jobqueue.sample.audit.Books;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.Set;

/** The books by queries. */
@ApplicationScoped
@Transactional
class JpaBooks implements Books {

    private static final String MOVING = """
            select count(o) from CustomerOrder o where o.status in (PLACED, RESERVED, PAID, CANCELLING)""";

    private static final String SHIPPED_WITHOUT_INVOICE = """
            select count(o) from CustomerOrder o
             where o.status = SHIPPED and not exists (select 1 from Invoice i where i.orderId = o.id)""";

    private static final String INVOICES_WITHOUT_SHIPMENT = """
            select count(i) from Invoice i
             where not exists (select 1 from CustomerOrder o where o.id = i.orderId and o.status = SHIPPED)""";

    private static final String CHARGES_WITHOUT_SHIPMENT = """
            select count(p) from Payment p where p.status = CHARGED
               and not exists (select 1 from CustomerOrder o where o.id = p.orderId and o.status = SHIPPED)""";

    private static final String DOUBLE_CHARGES = """
            select count(p) - count(distinct p.orderId) from Payment p where p.status = CHARGED""";

    private static final String STOCK_DIFFERENCE = """
            select coalesce(sum(abs(p.received - p.onHand - (select coalesce(sum(o.quantity), 0) from CustomerOrder o
                    where o.sku = p.sku and o.status = SHIPPED))), 0) from Product p""";

    private static final String RESERVED_DIFFERENCE = """
            select coalesce(sum(abs(p.reserved - (select coalesce(sum(o.quantity), 0) from CustomerOrder o
                    where o.sku = p.sku and o.status in (RESERVED, AWAITING_APPROVAL, PAID, CANCELLING)))), 0)
              from Product p""";

    @PersistenceContext
    private EntityManager entityManager;

    @Override
    public Set<String> chainsOfOrders() {
        return new HashSet<>(entityManager
                .createQuery("select o.chainId from CustomerOrder o", String.class)
                .getResultList());
    }

    @Override
    public Findings compare() {
        return new Findings(
                count("select count(o) from CustomerOrder o"),
                count("select count(i) from Invoice i"),
                count(MOVING),
                count(SHIPPED_WITHOUT_INVOICE),
                count(INVOICES_WITHOUT_SHIPMENT),
                count(CHARGES_WITHOUT_SHIPMENT),
                count(DOUBLE_CHARGES),
                count(STOCK_DIFFERENCE),
                count(RESERVED_DIFFERENCE));
    }

    private long count(String query) {
        return entityManager.createQuery(query, Number.class).getSingleResult().longValue();
    }
}
