package ee.jobqueue.sample.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Tells what the REST implementation refuses by itself: unknown address, wrong method, wrong media type.
 *
 * @since 0.1
 */
@Provider
public class HttpErrors implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException exception) {
        return Problem.response(exception.getResponse().getStatusInfo(), exception.getMessage());
    }
}
