package ee.jobqueue.sample.web;

import ee.jobqueue.AlreadyOverException;
import ee.jobqueue.JobQueueException;
import ee.jobqueue.StoreUnavailableException;
import ee.jobqueue.TypeMismatchException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Tells what the queue refused: 409 for a decision that comes too late, 503 for a store that does not answer.
 *
 * @since 0.1
 */
@Provider
public class RefusedByQueue implements ExceptionMapper<JobQueueException> {

    private static final Logger LOG = System.getLogger(RefusedByQueue.class.getName());

    @Override
    public Response toResponse(JobQueueException exception) {
        if (exception instanceof TypeMismatchException || exception instanceof AlreadyOverException) {
            return Problem.response(
                    Status.CONFLICT, "the order does not wait for a decision: " + exception.getMessage());
        }
        LOG.log(Level.ERROR, "a request failed in the queue", exception);
        return exception instanceof StoreUnavailableException
                ? Problem.response(Status.SERVICE_UNAVAILABLE, "the job store does not answer; try again later")
                : Problem.response(Status.INTERNAL_SERVER_ERROR, "the request failed; see the server's log");
    }
}
