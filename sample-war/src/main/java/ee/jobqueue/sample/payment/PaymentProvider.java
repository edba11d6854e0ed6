package ee.jobqueue.sample.payment;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * The payment provider, called over HTTP. Its address and time-outs are {@code payments/mp-rest/…} in the configuration.
 *
 * <p>Every call is idempotent by its key. Any error but a declined payment is a
 * {@link jakarta.ws.rs.WebApplicationException} or {@link jakarta.ws.rs.ProcessingException} and leaves open whether the
 * provider has acted; call again with the same key. Safe for use by several threads.
 *
 * @since 0.1
 */
@RegisterRestClient(configKey = "payments")
@RegisterClientHeaders(ShopLogin.class)
@RegisterProvider(ProviderRefusals.class)
@Path("api/payments")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface PaymentProvider {

    /** The header that carries the key. */
    String IDEMPOTENCY_KEY = "Idempotency-Key";

    /**
     * Charges a card, once for each key.
     *
     * @param key identifies the payment
     * @param request what is to be charged
     * @return the payment
     * @throws PaymentDeclinedException when the bank says no
     */
    @POST
    PaymentView charge(@HeaderParam(IDEMPOTENCY_KEY) String key, ChargeRequest request);

    /**
     * Reads a payment.
     *
     * @param key identifies the payment
     * @return the payment
     */
    @GET
    @Path("{key}")
    PaymentView find(@PathParam("key") String key);

    /**
     * Gives back what was charged under a key. A key that was never used is called off: a charge that is still on its way
     * is refused when it arrives.
     *
     * @param key identifies the payment
     * @return the payment
     */
    @POST
    @Path("{key}/refund")
    PaymentView refund(@PathParam("key") String key);
}
