package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;
import static ee.jobqueue.mongo.Expressions.unset;

import ee.jobqueue.Status;
import ee.jobqueue.spi.Claim;
import ee.jobqueue.spi.Locked;
import ee.jobqueue.spi.Token;
import ee.jobqueue.spi.Transition;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;

/** The condition under which a claim holds; part of every change that is made by its right. */
final class Fence {

    private Fence() {}

    static Document of(Claim claim) {
        Document job = new Document(Fields.ID, Ids.of(claim.jobId()));
        if (claim instanceof Token token) {
            return job.append(Fields.STATUS, Status.RUNNING.name())
                    .append(Fields.WORKER, Ids.of(token.worker()))
                    .append(Fields.ATTEMPT, token.attempt());
        }
        return job.append(Fields.CONTINUED, false)
                .append(
                        Fields.STATUS,
                        in(Transition.COMPLETE_FROM_OUTSIDE.from().stream()
                                .map(Status::name)
                                .toList()));
    }

    /** What a claim from outside changes besides: an attempt must not take the end of the job for its own. */
    static List<Document> and(Claim claim, List<Document> change) {
        return claim instanceof Locked
                ? Stream.concat(change.stream(), Stream.of(unset(Fields.WORKER)))
                        .toList()
                : change;
    }
}
