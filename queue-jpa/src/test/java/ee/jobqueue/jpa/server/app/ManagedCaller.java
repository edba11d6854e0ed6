package ee.jobqueue.jpa.server.app;

import ee.jobqueue.Chain;
import ee.jobqueue.JobQueue;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** An enterprise bean that starts chains: its transactions are the container's. */
@Stateless
public class ManagedCaller {

    @Inject
    private JobQueue queue;

    @Inject
    private Ledger ledger;

    @Resource
    private EJBContext context;

    /** Writes and starts in the bean's transaction, and rolls it back if told so. */
    public Chain<String> start(String name, boolean rollBack) {
        ledger.add(name, "ordered");
        Chain<String> chain = queue.start(new Book(name, false));
        if (rollBack) {
            context.setRollbackOnly();
        }
        return chain;
    }

    /** Starts without a transaction. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Chain<String> startAlone(String name) {
        return queue.start(new Book(name, false));
    }
}
