package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Blocker;
import ee.jobqueue.Cascade;
import ee.jobqueue.ChainId;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.StoredJob;
import ee.jobqueue.spi.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a subscription tells, and what it does not. */
interface SubscriptionContract extends NotifierFixture {

    /** An open subscription. */
    default Subscription subscription() {
        return notifier().subscribe(Duration.ofMillis(200));
    }

    @Test
    default void nothingIsToldWhenNothingHappens() {
        start("before");
        try (Subscription subscription = subscription()) {
            assertThat(subscription.next()).isEqualTo(Notifications.NONE);
        }
    }

    @Test
    default void aStartIsToldWhenItIsCommittedAndOnlyThen() {
        try (Subscription subscription = subscription()) {
            unknownStart(NewJobs.of("rolled-back"));
            start("committed");

            Notifications told = toldUntil(subscription, all -> !all.due().isEmpty());

            assertThat(told).isEqualTo(new Notifications(Set.of("committed"), Set.of(), Set.of()));
        }
    }

    @Test
    default void aContinuationIsDueAndItsChainIsNotOver() {
        StoredJob first = startAndAcquire("first");
        try (Subscription subscription = subscription()) {
            doInTransaction(() -> store().continueWith(first.token(), NewJobs.of("next")));
            StoredJob next = acquireOne("next");

            Notifications continued = toldUntil(subscription, all -> all.due().contains("next"));
            complete(next.token(), null);
            Notifications completed = toldUntil(subscription, all -> !all.over().isEmpty());

            assertThat(continued.over()).isEmpty();
            assertThat(completed.over()).containsExactly(first.job().chainId());
        }
    }

    @Test
    default void whoWaitedIsDueWhenTheLastBlockerIsCompleted() {
        StoredJob blocker = startAndAcquire("blocker");
        start(NewJobs.waitingFor(blocker.job().chainId()));
        try (Subscription subscription = subscription()) {
            complete(blocker.token(), null);

            Notifications told = toldUntil(subscription, all -> all.due().contains("waiting"));

            assertThat(told.due()).containsExactly("waiting");
        }
    }

    @Test
    default void aJobThatIsPutBackTriggeredOrPreferredIsDueAgain() {
        StoredJob failed = startAndAcquire("failed");
        StoredJob later = start(NewJobs.after("later", NEVER));
        StoredJob preferred = start("preferred");
        try (Subscription subscription = subscription()) {
            doInTransaction(() -> store().fail(failed.token(), "error", Schedule.NOW));
            doInTransaction(() -> store().trigger(List.of(later.job().chainId())));
            doInTransaction(() -> store().prioritize(List.of(preferred.job().chainId()), 9));

            Notifications told = toldUntil(subscription, all -> all.due().size() == 3);

            assertThat(told).isEqualTo(new Notifications(Set.of("failed", "later", "preferred"), Set.of(), Set.of()));
        }
    }

    @Test
    default void whatAnAttemptFinishesItselfIsOverAndNotLost() {
        StoredJob finished = startAndAcquire("a");
        StoredJob cancelled = startAndAcquire("a");
        try (Subscription subscription = subscription()) {
            complete(finished.token(), null);
            doInTransaction(() -> store().cancel(List.of(cancelled.job().chainId())));

            Notifications told = toldUntil(subscription, all -> all.over().size() == 2);

            assertThat(told.over())
                    .containsExactlyInAnyOrder(
                            finished.job().chainId(), cancelled.job().chainId());
            assertThat(told.lost()).containsExactly(cancelled.job().id());
        }
    }

    @Test
    default void aJobThatIsCompletedFromOutsideOrDeletedIsLost() {
        StoredJob completed = startAndAcquire("a");
        StoredJob deleted = startAndAcquire("a");
        try (Subscription subscription = subscription()) {
            completeFromOutside(completed.job().chainId(), null);
            doInTransaction(() -> store().delete(Set.of(deleted.job().chainId()), Cascade.NONE));

            Notifications told = toldUntil(subscription, all -> all.lost().size() == 2);

            assertThat(told.lost())
                    .containsExactlyInAnyOrder(
                            completed.job().id(), deleted.job().id());
            assertThat(toldUntil(subscription, all -> true).due()).isEmpty();
            assertThat(told.over())
                    .containsExactlyInAnyOrder(
                            completed.job().chainId(), deleted.job().chainId());
        }
    }

    @Test
    default void aJobThatIsContinuedFromOutsideIsLostAndItsChainIsNotOver() {
        StoredJob running = startAndAcquire("a");
        ChainId chain = running.job().chainId();
        try (Subscription subscription = subscription()) {
            doInTransaction(() -> {
                store().lock(chain);
                store().continueWith(new Locked(running.job().id()), NewJobs.of("next"));
            });

            Notifications told = toldUntil(
                    subscription, all -> !all.lost().isEmpty() && all.due().contains("next"));

            assertThat(told.lost()).containsExactly(running.job().id());
            assertThat(told.over()).isEmpty();
        }
    }

    @Test
    default void aChainThatEndsAsItsNextJobIsWrittenIsOver() {
        StoredJob failed = startAndAcquire("blocker");
        doInTransaction(() -> store().fail(failed.token(), "error", null));
        StoredJob first = startAndAcquire("first");
        Blocker blocker = new Blocker(failed.job().chainId(), OnFailure.FAIL);
        try (Subscription subscription = subscription()) {
            doInTransaction(() -> store().continueWith(first.token(), NewJobs.waitingFor(blocker)));

            Notifications told = toldUntil(subscription, all -> !all.over().isEmpty());

            assertThat(told.over()).containsExactly(first.job().chainId());
        }
    }

    @Test
    default void everyServerIsTold() {
        try (Subscription one = subscription();
                Subscription other = subscription()) {
            start("a");

            assertThat(toldUntil(one, all -> !all.due().isEmpty()).due()).containsExactly("a");
            assertThat(toldUntil(other, all -> !all.due().isEmpty()).due()).containsExactly("a");
        }
    }

    /** Else a server, which waits between two calls, would fall behind. */
    @Test
    default void allThatIsAtHandIsToldInFewCalls() {
        int starts = 200;
        try (Subscription subscription = subscription()) {
            for (int i = 0; i < starts; i++) {
                start("type-" + i);
            }

            Set<String> due = new HashSet<>();
            int calls = 0;
            while (due.size() < starts && calls < 20) {
                due.addAll(subscription.next().due());
                calls++;
            }

            assertThat(due).as("told in %s calls", calls).hasSize(starts);
        }
    }
}
