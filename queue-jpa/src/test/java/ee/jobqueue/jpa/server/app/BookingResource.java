package ee.jobqueue.jpa.server.app;

import ee.jobqueue.JobQueue;
import ee.jobqueue.StartRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.stream.IntStream;

/** Starts bookings and counts them. */
@Path("/bookings/{prefix}")
@RequestScoped
public class BookingResource {

    @Inject
    private JobQueue queue;

    @Inject
    private Ledger ledger;

    /** Starts many. */
    @POST
    @Transactional
    public int start(@PathParam("prefix") String prefix, @QueryParam("count") int count) {
        return queue.startAll(IntStream.range(0, count)
                        .mapToObj(i -> StartRequest.of(new Book(prefix + i, false)))
                        .toList())
                .size();
    }

    /** How many are confirmed. */
    @GET
    public int confirmed(@PathParam("prefix") String prefix) {
        return ledger.count(prefix, "confirmed");
    }
}
