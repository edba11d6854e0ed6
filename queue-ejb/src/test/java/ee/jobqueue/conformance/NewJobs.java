package ee.jobqueue.conformance;

import ee.jobqueue.Blocker;
import ee.jobqueue.ChainId;
import ee.jobqueue.Deduplication;
import ee.jobqueue.OnFailure;
import ee.jobqueue.Schedule;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Jobs to be written by the tests. */
final class NewJobs {

    /** The types of which a blocker may be in these tests. */
    static final Set<String> BLOCKER_TYPES = Set.of("blocker", "waiting");

    /** A worker that runs no type in particular. */
    static final NewWorker WORKER = new NewWorker("a server", Set.of(), 10);

    private NewJobs() {}

    static NewJob of(String type) {
        return of(type, Schedule.NOW);
    }

    static NewJob of(String type, Schedule schedule) {
        return new NewJob(type, "{}", schedule, Blockers.NONE, null);
    }

    static NewJob after(String type, Duration delay) {
        return of(type, Schedule.after(delay));
    }

    static NewJob withInput(String type, String input) {
        return new NewJob(type, input, Schedule.NOW, Blockers.NONE, null);
    }

    static NewJob withPriority(String type, Schedule schedule, int priority) {
        return new NewJob(type, "{}", schedule, Blockers.NONE, null, priority, null);
    }

    static NewJob withPriority(String type, int priority) {
        return withPriority(type, Schedule.NOW, priority);
    }

    static NewJob waitingFor(ChainId... chains) {
        return waitingFor(Schedule.NOW, chains);
    }

    static NewJob waitingFor(Schedule schedule, ChainId... chains) {
        return waitingFor(
                schedule,
                Arrays.stream(chains)
                        .map(chain -> new Blocker(chain, OnFailure.WAIT))
                        .toArray(Blocker[]::new));
    }

    static NewJob waitingFor(Blocker... blockers) {
        return waitingFor(Schedule.NOW, blockers);
    }

    static NewJob waitingFor(Schedule schedule, Blocker... blockers) {
        return new NewJob("waiting", "{}", schedule, new Blockers(List.of(blockers), BLOCKER_TYPES), null);
    }

    static NewJob keyedAndWaitingFor(String key, Blocker... blockers) {
        return new NewJob(
                "waiting",
                "{}",
                Schedule.NOW,
                new Blockers(List.of(blockers), BLOCKER_TYPES),
                Deduplication.whileIncomplete(key));
    }

    static NewJob keyed(String type, Deduplication deduplication) {
        return new NewJob(type, "{}", Schedule.NOW, Blockers.NONE, deduplication);
    }

    static List<NewJob> copies(int count, NewJob job) {
        return Collections.nCopies(count, job);
    }
}
