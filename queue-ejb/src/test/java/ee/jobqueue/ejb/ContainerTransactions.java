package ee.jobqueue.ejb;

import ee.jobqueue.spi.Transactions;

/**
 * The transactions of the server that a test runs in.
 *
 * @since 0.1
 */
public final class ContainerTransactions {

    private ContainerTransactions() {}

    /**
     * Finds them as the queue does.
     *
     * @return the transactions
     * @throws ee.jobqueue.InvalidConfigurationException when there is no server around
     */
    public static Transactions find() {
        return ServerTransactions.find();
    }
}
