package ee.jobqueue.sample.web;

import ee.jobqueue.sample.access.Roles;
import ee.jobqueue.sample.audit.Audit;
import ee.jobqueue.sample.audit.AuditReport;
import ee.jobqueue.sample.fulfilment.ApprovalDesk;
import ee.jobqueue.sample.intake.OrderIntake;
import ee.jobqueue.sample.order.Catalogue;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.OrderStatus;
import ee.jobqueue.sample.order.Orders;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders over HTTP. Safe for use by several threads.
 *
 * @since 0.1
 */
@Path("orders")
@ApplicationScoped
@RolesAllowed(Roles.SHOPPER)
@Produces(MediaType.APPLICATION_JSON)
public class OrderResource {

    @Inject
    private OrderIntake intake;

    @Inject
    private OrderLookup lookup;

    @Inject
    private ApprovalDesk approvals;

    @Inject
    private Orders orders;

    @Inject
    private Catalogue catalogue;

    @Inject
    private Audit audit;

    /**
     * Places an order: 201 with its address, once the order and its chain are committed.
     *
     * @param request what is ordered
     * @param uri where this was asked
     * @return the answer
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response place(@NotNull @Valid OrderRequest request, @Context UriInfo uri) {
        CustomerOrder order = intake.place(request.toPlaceOrder());
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(Long.toString(order.id()))
                        .build())
                .entity(OrderView.of(order))
                .build();
    }

    /**
     * Lists the orders that moved last.
     *
     * @param status where they stand; absent for all
     * @param limit how many at the most
     * @return the orders, last moved first
     */
    @GET
    public List<OrderView> recent(
            @QueryParam("status") @Nullable String status,
            @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(500) int limit) {
        return orders.recent(Optional.ofNullable(status).map(OrderResource::parse), limit).stream()
                .map(OrderView::of)
                .toList();
    }

    /**
     * Shows the shop at a glance.
     *
     * @return counts and stock
     */
    @GET
    @Path("summary")
    public Summary summary() {
        return Summary.of(orders.countByStatus(), catalogue.products());
    }

    /**
     * Checks the books against each other.
     *
     * @return what was found
     */
    @GET
    @Path("audit")
    public AuditReport audit() {
        return audit.run();
    }

    /**
     * Shows an order and its chains: 200, or 404.
     *
     * @param id the order
     * @return the order
     */
    @GET
    @Path("{id: \\d{1,18}}")
    public OrderDetails find(@PathParam("id") long id) {
        return lookup.find(id);
    }

    /**
     * Decides on an order that waits for approval: 204, or 404, or 409 when it does not wait.
     *
     * @param id the order
     * @param decision what was decided
     */
    @POST
    @Path("{id: \\d{1,18}}/approval")
    @RolesAllowed(Roles.APPROVER)
    @Consumes(MediaType.APPLICATION_JSON)
    public void decide(@PathParam("id") long id, @NotNull @Valid Decision decision) {
        if (decision.approved()) {
            approvals.approve(id);
        } else {
            approvals.refuse(id);
        }
    }

    private static OrderStatus parse(String status) {
        try {
            return OrderStatus.valueOf(status);
        } catch (IllegalArgumentException e) {
            throw new InvalidParameterException(
                    "status", "must be one of " + List.of(OrderStatus.values()) + ", not '" + status + "'", e);
        }
    }
}
