package ee.jobqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.ChainId;
import ee.jobqueue.JobId;
import ee.jobqueue.Outcome;
import ee.jobqueue.conformance.EngineJobs.Work;
import ee.jobqueue.spi.Notifications;
import ee.jobqueue.spi.Notifier;
import ee.jobqueue.spi.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What the notifier's contracts use: servers that would notice nothing by themselves for an hour. */
interface NotifierFixture extends EngineFixture {

    /** Longer than any test. */
    Duration NEVER = Duration.ofHours(1);

    /** A notifier on the store under test, for one more server. */
    Notifier notifier();

    /** A server that has only the notifier to learn from. */
    default TestServer listening(Notifier notifier) {
        return server().pollInterval(NEVER).renewInterval(NEVER).listensBy(notifier);
    }

    /** A server that only calls. */
    default TestServer calling() {
        return server().runs(Work.class, (input, attempt) -> Outcome.complete(input.name()))
                .prepare();
    }

    /** Waits until a server listens and has looked at everything. */
    default void awaitListening(CuttableNotifier notifier) {
        eventually(() -> assertThat(notifier.asked).hasPositiveValue());
    }

    /** Everything that a subscription tells until it is enough. */
    default Notifications toldUntil(Subscription subscription, Predicate<Notifications> enough) {
        Set<String> due = new HashSet<>();
        Set<ChainId> over = new HashSet<>();
        Set<JobId> lost = new HashSet<>();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            Notifications told = new Notifications(due, over, lost);
            if (enough.test(told)) {
                return told;
            }
            assertThat(System.nanoTime()).as("told only of %s", told).isLessThan(deadline);
            Notifications next = subscription.next();
            due.addAll(next.due());
            over.addAll(next.over());
            lost.addAll(next.lost());
        }
    }
}
