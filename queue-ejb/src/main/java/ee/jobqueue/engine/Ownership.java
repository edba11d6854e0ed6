package ee.jobqueue.engine;

import ee.jobqueue.CancellationReason;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.WorkerId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out from the store which attempts of this server no longer own their jobs, and tells them. A list or a message only
 * says where to look: an attempt may be younger than it, or just finishing.
 */
final class Ownership {

    private final StoreAccess store;
    private final RunningAttempts running;

    Ownership(StoreAccess store, RunningAttempts running) {
        this.store = store;
        this.running = running;
    }

    /** Looks at the attempts that run some of these jobs; at none, mostly. */
    void check(Set<JobId> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        for (RunningAttempt attempt : running.all()) {
            if (jobs.contains(attempt.job().id())) {
                tellIfLost(attempt);
            }
        }
    }

    /** Looks at the attempts that the store did not name as running. */
    void checkOthers(Set<Token> runningInStore) {
        for (RunningAttempt attempt : running.all()) {
            if (!runningInStore.contains(attempt.token())) {
                tellIfLost(attempt);
            }
        }
    }

    /** Asks the store what runs, and looks at the attempts that it does not name. Asks nothing when none runs. */
    void checkAll() {
        Set<WorkerId> workers = running.tokens().stream().map(Token::worker).collect(Collectors.toSet());
        if (!workers.isEmpty()) {
            checkOthers(store.inNew(s -> {
                Set<Token> stored = new HashSet<>();
                workers.stream().map(s::running).forEach(stored::addAll);
                return stored;
            }));
        }
    }

    private void tellIfLost(RunningAttempt attempt) {
        Optional<Job> now = store.reading(s -> s.job(attempt.job().id())).map(StoredJob::job);
        if (now.isEmpty()) {
            attempt.cancel(CancellationReason.DELETED);
        } else if (!isOwnedBy(attempt, now.get())) {
            attempt.cancel(whyLost(now.get()));
        }
    }

    private static CancellationReason whyLost(Job now) {
        return switch (now.status()) {
            case COMPLETED -> CancellationReason.COMPLETED_ELSEWHERE;
            case CANCELLED -> CancellationReason.CANCELLED;
            case BLOCKED, PENDING, RUNNING, FAILED -> CancellationReason.LEASE_LOST;
        };
    }

    private static boolean isOwnedBy(RunningAttempt attempt, Job now) {
        return now.attempt() == attempt.job().attempt()
                && now.status() == attempt.job().status();
    }
}
