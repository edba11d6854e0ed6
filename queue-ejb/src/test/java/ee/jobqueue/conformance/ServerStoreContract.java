package ee.jobqueue.conformance;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a store must pass inside a server as well, on the container's data source and in its transactions: the verbs of a
 * job's walk, transactions at once, and the engine with both kinds of attempts. Not all of the suite, since what a statement
 * does is the same wherever its transaction is ended.
 *
 * @since 0.1
 */
@ExtendWith(ConformanceReport.class)
public interface ServerStoreContract
        extends StartContract,
                DeduplicationContract,
                DeduplicationRaceContract,
                AcquireContract,
                HoldContract,
                LockContract,
                CompleteContract,
                ContinueContract,
                BlockerContract,
                FailContract,
                LeaseContract,
                CancelContract,
                TransactionContract,
                TraitContract,
                RunContract,
                StagedContract {}
