package ee.jobqueue.engine;

import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.QueueLog;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Names in the log the types of which jobs wait for a server that is not there, each once: those that this application does
 * not know, and those that it knows and of which a job is due. Asks the store only when there are jobs that do not run here.
 */
final class WaitingTypes {

    private static final System.Logger LOG = QueueLog.logger();

    private final WorkerParts parts;
    private final Set<String> namedBefore = ConcurrentHashMap.newKeySet();

    WaitingTypes(WorkerParts parts) {
        this.parts = parts;
    }

    /** Looks who runs the types of the jobs that are not over. */
    void report(Set<String> open) {
        Set<String> waiting = new TreeSet<>(open);
        waiting.removeAll(parts.types().processed());
        waiting.removeAll(namedBefore);
        if (waiting.isEmpty()) {
            return;
        }
        waiting.removeAll(parts.store().reading(WaitingTypes::ofLiveWorkers));
        Set<String> unknown = those(waiting, type -> parts.types().named(type).isEmpty());
        name(
                unknown,
                "the store holds open jobs of types that this application does not know: " + unknown
                        + ". They wait until an application with a processor for them is deployed. If a type was"
                        + " renamed, give it its old name in @JobType");
        Set<String> leftToOthers = those(waiting, parts.types().leftToOthers()::contains);
        if (!leftToOthers.isEmpty()) {
            leftToOthers.retainAll(parts.store().reading(WaitingTypes::due));
            name(
                    leftToOthers,
                    "jobs are due of types that no live server runs: " + leftToOthers
                            + ". Start a server whose jobqueue.worker.types names them, or that does not set it");
        }
    }

    private void name(Set<String> types, String warning) {
        if (!types.isEmpty()) {
            namedBefore.addAll(types);
            LOG.log(Level.WARNING, warning);
        }
    }

    /** The names of the types that live workers run. */
    static Set<String> ofLiveWorkers(JobStore store) {
        return store.workers().stream()
                .flatMap(worker -> worker.told().types().stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> due(JobStore store) {
        return store.oldestDue().stream().map(job -> job.job().type()).collect(Collectors.toSet());
    }

    private static Set<String> those(Set<String> types, Predicate<String> condition) {
        return types.stream().filter(condition).collect(Collectors.toCollection(TreeSet::new));
    }
}
