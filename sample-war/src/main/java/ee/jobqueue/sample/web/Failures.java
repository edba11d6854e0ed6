package ee.jobqueue.sample.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Keeps an unforeseen error for the server's log, where it says more than a client should know: 500.
 *
 * @since 0.1
 */
@Provider
public class Failures implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(Failures.class.getName());

    @Override
    public Response toResponse(Throwable exception) {
        LOG.log(Level.ERROR, "a request failed", exception);
        return Problem.response(Status.INTERNAL_SERVER_ERROR, "the request failed; see the server's log");
    }
}
