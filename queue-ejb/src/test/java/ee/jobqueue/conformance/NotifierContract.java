package ee.jobqueue.conformance;

import ee.jobqueue.spi.Notifier;

/**
 * What every notifier must do, on its own and between two servers. The test class of a store that has one implements it
 * beside {@link JobStoreContract}.
 *
 * @since 0.1
 */
public interface NotifierContract extends SubscriptionContract, ListeningContract {

    /**
     * A notifier on the store under test, as one more server would have it.
     *
     * @return a new one
     */
    @Override
    Notifier notifier();
}
