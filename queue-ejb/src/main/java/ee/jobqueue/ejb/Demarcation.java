package ee.jobqueue.ejb;

import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;

/**
 * A way to begin and end transactions.
 *
 * <p>{@code UserTransaction} comes first: on Open Liberty the interceptors of {@code @Transactional} do not see a transaction
 * that was begun by the transaction manager, so that beans which a processor calls would silently run without one. It is
 * refused inside enterprise beans whose transactions the container manages; there the transaction manager serves, for the
 * queue's own short transactions.
 */
interface Demarcation {

    /**
     * Begins a transaction.
     *
     * @param seconds its timeout; 0 for the server's default
     * @throws IllegalStateException when this way is not open to the calling thread
     * @throws Exception when the server cannot begin one
     */
    void begin(int seconds) throws Exception;

    void commit() throws Exception;

    void rollback() throws Exception;

    /** By the application's own means. */
    record ByUser(UserTransaction transaction) implements Demarcation {

        @Override
        public void begin(int seconds) throws Exception {
            transaction.setTransactionTimeout(seconds);
            try {
                transaction.begin();
            } finally {
                transaction.setTransactionTimeout(0);
            }
        }

        @Override
        public void commit() throws Exception {
            transaction.commit();
        }

        @Override
        public void rollback() throws Exception {
            transaction.rollback();
        }
    }

    /** By the server's own means. */
    record ByManager(TransactionManager manager) implements Demarcation {

        @Override
        public void begin(int seconds) throws Exception {
            manager.setTransactionTimeout(seconds);
            try {
                manager.begin();
            } finally {
                manager.setTransactionTimeout(0);
            }
        }

        @Override
        public void commit() throws Exception {
            manager.commit();
        }

        @Override
        public void rollback() throws Exception {
            manager.rollback();
        }
    }
}
