package ee.jobqueue.jpa.server.app;

import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.StagedJobProcessor;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.naming.InitialContext;

/** Staged: says what it sees around itself, and writes its row with its finish. */
@Dependent
public class ConfirmProcessor implements StagedJobProcessor<Confirm, String> {

    @Inject
    private Ledger ledger;

    @Inject
    private RequestCounter request;

    @Override
    public Outcome<? extends String> execute(Confirm input, StagedAttempt attempt) throws Exception {
        TransactionSynchronizationRegistry registry =
                InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
        boolean outside = registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
        int before = request.next();
        return Outcome.inTransaction(() -> {
            ledger.add(input.name(), "confirmed");
            return Outcome.complete(input.name() + " outside=" + outside + " calls=" + before + "," + request.next());
        });
    }
}
