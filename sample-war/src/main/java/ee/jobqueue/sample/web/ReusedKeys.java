package ee.jobqueue.sample.web;

import ee.jobqueue.sample.intake.KeyReusedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Tells that an idempotency key belongs to another file: 409.
 *
 * @since 0.1
 */
@Provider
public class ReusedKeys implements ExceptionMapper<KeyReusedException> {

    @Override
    public Response toResponse(KeyReusedException exception) {
        return Problem.response(Status.CONFLICT, exception.getMessage());
    }
}
