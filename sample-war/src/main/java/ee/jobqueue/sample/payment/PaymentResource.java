package ee.jobqueue.sample.payment;

import ee.jobqueue.sample.access.Roles;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The simulated provider's HTTP side. Each call takes its time without holding a thread, and may meet a fault: half of them
 * before anything happened, half afterwards, so that only the answer is lost. For the shop itself only.
 *
 * @since 0.1
 */
@Path("payments")
@ApplicationScoped
@RolesAllowed(Roles.SERVER)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PaymentResource {

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Inject
    private PaymentBooks books;

    @Inject
    private ProviderBehaviour behaviour;

    /**
     * Charges a card: 200, or 402 when the bank says no, or 503.
     *
     * @param key the idempotency key
     * @param request what is to be charged
     * @return the answer, later
     */
    @POST
    public CompletionStage<Response> charge(
            @HeaderParam(PaymentProvider.IDEMPOTENCY_KEY) @NotBlank @Size(max = 100) String key,
            @NotNull @Valid ChargeRequest request) {
        return later(() -> answer(books.charge(key, request)));
    }

    /**
     * Reads a payment: 200, or 404.
     *
     * @param key the idempotency key
     * @return the payment
     */
    @GET
    @Path("{key}")
    public PaymentView find(@PathParam("key") String key) {
        return books.find(key).orElseThrow(() -> new NotFoundException("there is no payment " + key));
    }

    /**
     * Gives back what was charged: 200, or 503.
     *
     * @param key the idempotency key
     * @return the answer, later
     */
    @POST
    @Path("{key}/refund")
    public CompletionStage<Response> refund(@PathParam("key") @Size(max = 100) String key) {
        return later(() -> Response.ok(books.refund(key)).build());
    }

    private CompletionStage<Response> later(Supplier<Response> work) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        scheduler.schedule(
                () -> {
                    try {
                        answer.complete(withFaults(work));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                },
                behaviour.latency().toMillis(),
                TimeUnit.MILLISECONDS);
        return answer;
    }

    private Response withFaults(Supplier<Response> work) {
        boolean fault = behaviour.fails();
        if (fault && behaviour.losesAnswer()) {
            work.get();
            return unavailable();
        }
        return fault ? unavailable() : work.get();
    }

    private static Response answer(PaymentView payment) {
        return switch (payment.status()) {
            case CHARGED, SETTLED -> Response.ok(payment).build();
            case DECLINED, REFUNDED ->
                Response.status(Status.PAYMENT_REQUIRED).entity(payment).build();
        };
    }

    private static Response unavailable() {
        return Response.status(Status.SERVICE_UNAVAILABLE).build();
    }
}
