package ee.jobqueue.engine;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainId;
import ee.jobqueue.ChainNotFoundException;
import ee.jobqueue.ChainStep;
import ee.jobqueue.Job;
import ee.jobqueue.Outcome;
import ee.jobqueue.TypeMismatchException;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.util.function.Function;

/** Completes the job at which a chain stands, in the caller's transaction, under the lock of the chain. */
final class OutsideCompletion {

    private final StoreAccess store;
    private final JobTypes types;
    private final Payloads payloads;
    private final Finisher finisher;
    private final Telling telling;

    OutsideCompletion(StoreAccess store, JobTypes types, Payloads payloads, Finisher finisher, Telling telling) {
        this.store = store;
        this.types = types;
        this.payloads = payloads;
        this.finisher = finisher;
        this.telling = telling;
    }

    <S extends ChainStep<O>, O> Chain<O> complete(
            ChainId id, Class<S> expectedStep, Function<? super S, ? extends Outcome<? extends O>> decision) {
        JobTypeDefinition type = types.of(expectedStep);
        return store.joined(s -> {
            StoredJob locked = s.lock(id);
            requireExpected(locked.job(), type);
            S input = expectedStep.cast(payloads.decodeInput(locked, type));
            Finisher.Result result =
                    finisher.finishFromOutside(s, new Locked(locked.job().id()), type, decision.apply(input));
            telling.afterCommit(
                    listener -> listener.completedFromOutside(locked.job(), result.chainOver(), result.dueTypes()));
            telling.afterCommit(result.resolved());
            return payloads.chain(lastJob(s, id), false);
        });
    }

    private static void requireExpected(Job job, JobTypeDefinition type) {
        if (!job.type().equals(type.name())) {
            throw new TypeMismatchException(
                    "the job at which chain " + job.chainId() + " stands", type.name(), job.type());
        }
        if (!Transition.COMPLETE_FROM_OUTSIDE.isAllowedFrom(job.status())) {
            throw new AlreadyOverException(job.id(), job.status());
        }
    }

    private static StoredJob lastJob(JobStore store, ChainId id) {
        return store.chain(id).orElseThrow(() -> new ChainNotFoundException(id));
    }
}
