package ee.jobqueue.sample.audit;

import ee.jobqueue.ChainFilter;
import ee.jobqueue.ChainId;
import ee.jobqueue.Job;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Page;
import ee.jobqueue.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

    @Inject
    private Books books;

    @Inject
    private JobQueue queue;

    /**
     * Compares all books with each other, in the caller's transaction or one of its own.
     *
     * @return what was found
     */
    public AuditReport run() {
        Set<String> ordered = books.chainsOfOrders();
        Set<String> queued = queuedChains();
        Books.Findings found = books.compare();
        return new AuditReport(
                found.orders(),
                queued.size(),
                found.invoices(),
                ordered.stream().filter(id -> !queued.contains(id)).count(),
                queued.stream().filter(id -> !ordered.contains(id)).count(),
                found.moving(),
                found.shippedWithoutInvoice(),
                found.invoicesWithoutShipment(),
                found.chargesWithoutShipment(),
                found.doubleCharges(),
                found.stockDifference(),
                found.reservedDifference());
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
}
