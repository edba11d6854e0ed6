package ee.jobqueue.engine;

import ee.jobqueue.Blocker;
import ee.jobqueue.InvalidBlockerException;
import ee.jobqueue.InvalidOutcomeException;
import ee.jobqueue.Outcome;
import ee.jobqueue.StartRequest;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import java.util.List;

/** Turns what an application asks for into jobs to be written, refusing what is not valid before anything is written. */
final class JobDrafts {

    private final JobTypes types;
    private final Payloads payloads;

    JobDrafts(JobTypes types, Payloads payloads) {
        this.types = types;
        this.payloads = payloads;
    }

    /** The first job of a chain. */
    NewJob first(StartRequest<?> request) {
        JobTypeDefinition type = types.of(request.input().getClass());
        return new NewJob(
                type.name(),
                payloads.encode(type.name(), request.input()),
                request.options().schedule(),
                blockers(type, request.options().blockers()),
                request.options().deduplication(),
                request.options().priority(),
                request.options().id());
    }

    /** The continuation after a job of a type. */
    NewJob next(JobTypeDefinition current, Outcome.ContinueWith<?> outcome) {
        Class<?> stepClass = outcome.step().getClass();
        if (!current.continuesWith().contains(stepClass)) {
            throw new InvalidOutcomeException(
                    current.name(),
                    "it may not continue with " + stepClass.getName()
                            + ": name that class in @JobType(continuesWith) on "
                            + current.inputClass().getName());
        }
        JobTypeDefinition next = types.of(stepClass);
        return new NewJob(
                next.name(),
                payloads.encode(next.name(), outcome.step()),
                outcome.options().schedule(),
                blockers(next, outcome.options().blockers()),
                null,
                outcome.options().priority(),
                null);
    }

    private Blockers blockers(JobTypeDefinition type, List<Blocker> blockers) {
        if (blockers.isEmpty()) {
            return Blockers.NONE;
        }
        if (type.blockedBy().isEmpty()) {
            throw new InvalidBlockerException(
                    InvalidBlockerException.Problem.UNDECLARED, blockers.get(0).chain());
        }
        return new Blockers(blockers, types.names(type.blockedBy()));
    }
}
