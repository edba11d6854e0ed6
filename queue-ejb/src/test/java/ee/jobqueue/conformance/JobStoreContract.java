package ee.jobqueue.conformance;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Everything that a store must pass. A store's whole test class implements this and returns its harness:
 *
 * <pre>{@code
 * class MyStoreTest implements JobStoreContract {
 *     private static final StoreHarness HARNESS = new MyHarness();
 *
 *     @Override
 *     public StoreHarness harness() {
 *         return HARNESS;
 *     }
 * }
 * }</pre>
 *
 * <p>Each part is about a verb or a topic; {@link TransitionContract} and {@link RandomWalkContract} are about all of them.
 * What ran is written to {@code target/conformance}, see {@link ConformanceReport}.
 *
 * @since 0.1
 */
@ExtendWith({ConformanceReport.class, NeedsTransactions.Interceptor.class})
public interface JobStoreContract
        extends StartContract,
                ChosenIdContract,
                DeduplicationContract,
                DeduplicationRaceContract,
                AcquireContract,
                PriorityContract,
                HoldContract,
                LockContract,
                CompleteContract,
                ContinueContract,
                BlockerContract,
                BlockerRaceContract,
                BlockerRefusalContract,
                OnFailureContract,
                OnFailureRaceContract,
                RescheduleContract,
                ConflictContract,
                FailContract,
                GiveBackContract,
                LeaseContract,
                ReapContract,
                SweepContract,
                CancelContract,
                CancelRaceContract,
                RetryContract,
                RetryRaceContract,
                TriggerContract,
                ReadContract,
                ListContract,
                FilterContract,
                CountContract,
                DeleteContract,
                DeleteRaceContract,
                RefusalContract,
                RetentionContract,
                TransactionContract,
                TransitionContract,
                TraitContract,
                RandomWalkContract {}
