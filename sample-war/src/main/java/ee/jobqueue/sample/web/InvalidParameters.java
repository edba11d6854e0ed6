package ee.jobqueue.sample.web;

import ee.jobqueue.sample.web.Problem.Mistake;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Tells which query parameter is wrong: 400.
 *
 * @since 0.1
 */
@Provider
public class InvalidParameters implements ExceptionMapper<InvalidParameterException> {

    @Override
    public Response toResponse(InvalidParameterException exception) {
        return Problem.response(
                Status.BAD_REQUEST,
                "correct the parameters named in errors",
                List.of(new Mistake(exception.parameter(), exception.getMessage())));
    }
}
