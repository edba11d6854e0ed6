package ee.jobqueue.sample.web;

import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Tells where the JSON of a request cannot be read: 400.
 *
 * @since 0.1
 */
@Provider
public class UnreadableRequests implements ExceptionMapper<JsonbException> {

    @Override
    public Response toResponse(JsonbException exception) {
        return Problem.response(Status.BAD_REQUEST, "the request cannot be read as JSON: " + exception.getMessage());
    }
}
