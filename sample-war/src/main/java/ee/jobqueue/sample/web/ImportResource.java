package ee.jobqueue.sample.web;

import ee.jobqueue.sample.access.Roles;
import ee.jobqueue.sample.intake.ImportResult;
import ee.jobqueue.sample.intake.OrderImports;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;

/**
 * Imports of orders over HTTP. Safe for use by several threads.
 *
 * @since 0.1
 */
@Path("orders/import")
@ApplicationScoped
@RolesAllowed(Roles.SHOPPER)
@Produces(MediaType.APPLICATION_JSON)
public class ImportResource {

    private static final String NO_KEY =
            "send a key of your choice in the header Idempotency-Key, and the same key again when an answer was lost";

    @Inject
    private OrderImports imports;

    /**
     * Imports a CSV file, all of it or nothing: 201 once everything is committed, 200 when it was already, 400 with the bad
     * rows, 409 when the key belongs to another file.
     *
     * @param key the idempotency key: send the same again when an answer was lost
     * @param csv the file, with the first line {@code customer,sku,quantity}
     * @return the answer
     * @throws IOException when the file does not arrive
     */
    @POST
    @Consumes("text/csv")
    public Response run(
            @HeaderParam("Idempotency-Key") @NotBlank(message = NO_KEY) @Size(max = 100) String key, InputStream csv)
            throws IOException {
        ImportResult result = imports.run(key, csv);
        return Response.status(result.repeated() ? Status.OK : Status.CREATED)
                .entity(result)
                .build();
    }
}
