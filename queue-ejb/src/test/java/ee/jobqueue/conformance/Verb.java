package ee.jobqueue.conformance;

import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.AttemptLimits;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every verb that may change a job's status, by the transition that it makes. */
enum Verb {
    COMPLETE_THE_LAST_BLOCKER(Transition.UNBLOCK) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            if (!fixture.chain(job.blocker()).job().status().isOver()) {
                fixture.completeFromOutside(job.blocker(), null);
            }
        }
    },
    SWEEP(Transition.UNBLOCK) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            COMPLETE_THE_LAST_BLOCKER.apply(fixture, job);
            fixture.advance(Duration.ofMinutes(2));
            fixture.inTransaction(() -> fixture.store().sweep(Duration.ofMinutes(1), StoreFixture.NO_LIMIT));
        }
    },
    FAIL_THE_BLOCKER(Transition.FAIL_BY_BLOCKER) {
        @Override
        Standing bring(StoreFixture fixture, Status status) {
            return Standing.at(status, fixture, OnFailure.FAIL);
        }

        @Override
        void apply(StoreFixture fixture, Standing job) {
            endBadly(fixture, job);
        }
    },
    CANCEL_THE_BLOCKER(Transition.CANCEL_BY_BLOCKER) {
        @Override
        Standing bring(StoreFixture fixture, Status status) {
            return Standing.at(status, fixture, OnFailure.CANCEL);
        }

        @Override
        void apply(StoreFixture fixture, Standing job) {
            endBadly(fixture, job);
        }
    },
    ACQUIRE(Transition.ACQUIRE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.acquireAll(fixture.worker(), Standing.TYPE);
        }
    },
    COMPLETE(Transition.COMPLETE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.complete(job.token(), "\"new\"");
        }
    },
    CONTINUE(Transition.COMPLETE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.doInTransaction(() -> fixture.store().continueWith(job.token(), NewJobs.of("next")));
        }
    },
    RESCHEDULE(Transition.RESCHEDULE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.doInTransaction(() -> fixture.store().reschedule(job.token(), Schedule.NOW));
        }
    },
    CONFLICT(Transition.RESCHEDULE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.doInTransaction(() -> fixture.store().conflict(job.token()));
        }
    },
    GIVE_BACK(Transition.RESCHEDULE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.doInTransaction(() -> fixture.store().giveBack(List.of(job.token())));
        }
    },
    FAIL_TO_RETRY(Transition.FAIL) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.doInTransaction(() -> fixture.store().fail(job.token(), "new", Schedule.NOW));
        }
    },
    FAIL_FOR_GOOD(Transition.FAIL) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.doInTransaction(() -> fixture.store().fail(job.token(), "new", null));
        }
    },
    REAP_TO_RETRY(Transition.REAP) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.advance(Standing.LEASE.plusHours(1));
            fixture.inTransaction(() -> fixture.store().reap(StoreFixture.NO_LIMIT));
        }
    },
    REAP_FOR_GOOD(Transition.REAP) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.advance(Standing.LEASE.plusHours(1));
            fixture.inTransaction(() -> fixture.store().reap(new AttemptLimits(1, Map.of())));
        }
    },
    COMPLETE_FROM_OUTSIDE(Transition.COMPLETE_FROM_OUTSIDE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.completeFromOutside(job.chain(), "\"new\"");
        }
    },
    CONTINUE_FROM_OUTSIDE(Transition.COMPLETE_FROM_OUTSIDE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.doInTransaction(() -> {
                StoredJob last = fixture.store().lock(job.chain());
                fixture.store().continueWith(new Locked(last.job().id()), NewJobs.of("next"));
            });
        }
    },
    CANCEL(Transition.CANCEL) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.inTransaction(() -> fixture.store().cancel(List.of(job.chain())));
        }
    },
    RETRY(Transition.RETRY) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.inTransaction(() -> fixture.store().retry(job.chain()));
        }
    },
    RETRY_WITH_AN_OPEN_BLOCKER(Transition.RETRY) {
        @Override
        Standing bring(StoreFixture fixture, Status status) {
            if (status != Status.FAILED) {
                return super.bring(fixture, status);
            }
            return Standing.failedByItsBlocker(fixture);
        }

        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.inTransaction(() -> fixture.store().retry(job.chain()));
        }
    },
    TRIGGER(Transition.TRIGGER) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.inTransaction(() -> fixture.store().trigger(List.of(job.chain())));
        }
    },
    RESCHEDULE_FROM_OUTSIDE(Transition.RESCHEDULE_FROM_OUTSIDE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.inTransaction(() -> fixture.store().reschedule(List.of(job.chain()), Schedule.NOW));
        }
    },
    PRIORITIZE(Transition.PRIORITIZE) {
        @Override
        void apply(StoreFixture fixture, Standing job) {
            fixture.inTransaction(() -> fixture.store().prioritize(List.of(job.chain()), 9));
        }
    };

    private static final Set<Verb> PASS_OVER_IN_SILENCE = Set.of(
            COMPLETE_THE_LAST_BLOCKER,
            SWEEP,
            FAIL_THE_BLOCKER,
            CANCEL_THE_BLOCKER,
            ACQUIRE,
            GIVE_BACK,
            REAP_TO_RETRY,
            REAP_FOR_GOOD);

    private final Transition transition;

    Verb(Transition transition) {
        this.transition = transition;
    }

    Transition transition() {
        return transition;
    }

    /** Whether a job to which the verb does not apply is left alone in silence, and not by an error. */
    boolean passesOver() {
        return PASS_OVER_IN_SILENCE.contains(this);
    }

    /** Brings a new job to where the verb is tried. */
    Standing bring(StoreFixture fixture, Status status) {
        return Standing.at(status, fixture);
    }

    /** Calls the blocker off, unless it is over. */
    private static void endBadly(StoreFixture fixture, Standing job) {
        if (!fixture.chain(job.blocker()).job().status().isOver()) {
            fixture.inTransaction(() -> fixture.store().cancel(List.of(job.blocker())));
        }
    }

    abstract void apply(StoreFixture fixture, Standing job);
}
