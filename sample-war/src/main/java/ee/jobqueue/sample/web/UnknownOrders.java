package ee.jobqueue.sample.web;

import ee.jobqueue.sample.order.OrderNotFoundException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Tells that there is no such order: 404.
 *
 * @since 0.1
 */
@Provider
public class UnknownOrders implements ExceptionMapper<OrderNotFoundException> {

    @Override
    public Response toResponse(OrderNotFoundException exception) {
        return Problem.response(Status.NOT_FOUND, exception.getMessage());
    }
}
