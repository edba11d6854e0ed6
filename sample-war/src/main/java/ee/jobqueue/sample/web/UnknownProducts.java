package ee.jobqueue.sample.web;

import ee.jobqueue.sample.intake.UnknownProductException;
import ee.jobqueue.sample.web.Problem.Mistake;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Tells that the shop does not sell a product: 400.
 *
 * @since 0.1
 */
@Provider
public class UnknownProducts implements ExceptionMapper<UnknownProductException> {

    @Override
    public Response toResponse(UnknownProductException exception) {
        return Problem.response(
                Status.BAD_REQUEST,
                "order a product that GET /api/orders/summary lists",
                List.of(new Mistake("sku", exception.getMessage())));
    }
}
