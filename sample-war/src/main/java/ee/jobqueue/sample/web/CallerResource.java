package ee.jobqueue.sample.web;

import ee.jobqueue.sample.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/**
 * Tells the page for whom it is. Safe for use by several threads.
 *
 * @since 0.1
 */
@Path("caller")
@ApplicationScoped
@RolesAllowed(Roles.SHOPPER)
@Produces(MediaType.APPLICATION_JSON)
public class CallerResource {

    /**
     * Who calls, and what the page is to offer. Immutable.
     *
     * @param name the account
     * @param mayApprove whether it decides on orders
     */
    public record Caller(String name, boolean mayApprove) {}

    /**
     * Shows who calls.
     *
     * @param security of the request
     * @return the caller
     */
    @GET
    public Caller caller(@Context SecurityContext security) {
        return new Caller(security.getUserPrincipal().getName(), security.isUserInRole(Roles.APPROVER));
    }
}
