package ee.jobqueue.conformance;

/**
 * The engine on a store: what an application sees, with real threads. A store's test class implements it beside {@link
 * JobStoreContract}.
 *
 * @since 0.1
 */
public interface EngineContract
        extends RunContract,
                AttemptFailureContract,
                OddErrorContract,
                LeaseLostContract,
                StagedContract,
                WorkerContract,
                LeaseKeepingContract,
                ServerStopContract,
                ManagementContract,
                ExplainContract,
                TypesContract,
                FailedBlockerContract,
                DeletionContract,
                BulkContract {}
