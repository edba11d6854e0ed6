package ee.jobqueue.sample.audit;

import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the books. Reads every order and every chain, so it takes its time. Safe for use by several threads.
 *
 * @since 0.1
 */
@ApplicationScoped
@Transactional
public class Audit {

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

    @Inject
    private JobQueue queue;

    /**
     * Compares all books with each other, in the caller's transaction or one of its own.
     *
     * @return what was found
     */
    public AuditReport run() {
        Set<String> ordered = new HashSet<>(entityManager
                .createQuery("select o.chainId from CustomerOrder o", String.class)
                .getResultList());
        Set<String> queued = queuedChains();
        return new AuditReport(
                count("select count(o) from CustomerOrder o"),
                queued.size(),
                count("select count(i) from Invoice i"),
                ordered.stream().filter(id -> !queued.contains(id)).count(),
                queued.stream().filter(id -> !ordered.contains(id)).count(),
                count(MOVING),
                count(SHIPPED_WITHOUT_INVOICE),
                count(INVOICES_WITHOUT_SHIPMENT),
                count(CHARGES_WITHOUT_SHIPMENT),
                count(DOUBLE_CHARGES),
                count(STOCK_DIFFERENCE),
                count(RESERVED_DIFFERENCE));
    }

    private Set<String> queuedChains() {
        ChainFilter filter = ChainFilter.ALL.ofType("reserve-stock");
        Set<String> ids = new HashSet<>();
        Optional<PageRequest> request = Optional.of(PageRequest.first(PageRequest.MAX_SIZE));
        while (request.isPresent()) {
            Page<Job> page = queue.chains(filter, request.get());
            page.entries().stream().map(Job::chainId).map(ChainId::value).forEach(ids::add);
            request = page.next();
        }
        return ids;
    }

    private long count(String query) {
        return entityManager.createQuery(query, Number.class).getSingleResult().longValue();
    }
}
