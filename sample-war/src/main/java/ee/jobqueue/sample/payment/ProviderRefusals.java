package ee.jobqueue.sample.payment;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/**
 * Turns "402 Payment Required" into {@link PaymentDeclinedException}, and lets every other error say where it comes from:
 * it ends up as the last error of a job.
 *
 * @since 0.1
 */
public class ProviderRefusals implements ResponseExceptionMapper<RuntimeException> {

    @Override
    public RuntimeException toThrowable(Response response) {
        return response.getStatus() == Status.PAYMENT_REQUIRED.getStatusCode()
                ? new PaymentDeclinedException()
                : new WebApplicationException(
                        "the payment provider answered " + response.getStatus() + " "
                                + response.getStatusInfo().getReasonPhrase(),
                        response);
    }
}
