package ee.jobqueue.sample.web;

import ee.jobqueue.Job;
import ee.jobqueue.Status;
import java.util.List;

/**
 * A chain as clients see it. Immutable.
 *
 * @param id its id
 * @param type the name of the type that started it
 * @param status where it stands
 * @param jobs its jobs in their order
 * @since 0.1
 */
public record ChainView(String id, String type, Status status, List<JobView> jobs) {

    static ChainView of(List<Job> jobs) {
        Job last = jobs.get(jobs.size() - 1);
        return new ChainView(
                last.chainId().value(),
                last.chainType(),
                last.status(),
                jobs.stream().map(JobView::of).toList());
    }
}
