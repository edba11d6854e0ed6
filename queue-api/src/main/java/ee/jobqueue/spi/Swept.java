package ee.jobqueue.spi;

import ee.jobqueue.Job;
import java.util.List;
import java.util.Set;

/**
 * What a sweep found and mended.
 *
 * @param unblocked jobs that waited although all their blockers were completed
 * @param reaped jobs that ran under a worker that is not known
 * @param openTypes the names of the types of all jobs that are not over
 * @since 0.1
 */
public record Swept(List<Job> unblocked, List<Job> reaped, Set<String> openTypes) {

    /**
     * Copies the collections.
     *
     * @param unblocked jobs that waited although all their blockers were completed
     * @param reaped jobs that ran under a worker that is not known
     * @param openTypes the names of the types of all jobs that are not over
     */
    public Swept {
        unblocked = List.copyOf(unblocked);
        reaped = List.copyOf(reaped);
        openTypes = Set.copyOf(openTypes);
    }
}
