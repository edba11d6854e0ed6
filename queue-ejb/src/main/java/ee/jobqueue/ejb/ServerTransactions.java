package ee.jobqueue.ejb;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.Transactions;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Finds the server's transactions. */
final class ServerTransactions {

    /** Open Liberty, WildFly, Payara: Jakarta Transactions names no place of its own. */
    private static final List<String> NAMES =
            List.of("java:comp/TransactionManager", "java:/TransactionManager", "java:appserver/TransactionManager");

    private ServerTransactions() {}

    /**
     * Looks it up.
     *
     * @throws InvalidConfigurationException when none of the known names leads to one
     */
    static Transactions find() {
        try {
            InitialContext naming = new InitialContext();
            return new JtaTransactions(
                    List.of(
                            new Demarcation.ByUser((UserTransaction) naming.lookup("java:comp/UserTransaction")),
                            new Demarcation.ByManager(manager(naming))),
                    (TransactionSynchronizationRegistry) naming.lookup("java:comp/TransactionSynchronizationRegistry"));
        } catch (NamingException e) {
            throw new InvalidConfigurationException(
                    "java:comp", "the server has no Jakarta Transactions here (" + e + "): deploy on one that has");
        }
    }

    private static TransactionManager manager(InitialContext naming) {
        for (String name : NAMES) {
            try {
                if (naming.lookup(name) instanceof TransactionManager manager) {
                    return manager;
                }
            } catch (NamingException e) {
                // another server's name; the next one may be this server's
            }
        }
        throw new InvalidConfigurationException(
                "transaction manager", "none of " + NAMES + " is there: deploy on Open Liberty, WildFly or Payara");
    }
}
