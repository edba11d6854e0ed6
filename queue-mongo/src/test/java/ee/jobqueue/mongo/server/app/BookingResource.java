package ee.jobqueue.mongo.server.app;

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
                        .mapToObj(i -> StartRequest.of(new Book(prefix + "-" + i, Book.First.SUCCEEDS)))
                        .toList())
                .size();
    }

    /** How many entries of a kind there are. */
    @GET
    @Path("/{entry}")
    public int count(@PathParam("prefix") String prefix, @PathParam("entry") String entry) {
        return ledger.count(prefix, entry);
    }

    /** How many bookings have an entry of a kind. */
    @GET
    @Path("/{entry}/distinct")
    public int distinct(@PathParam("prefix") String prefix, @PathParam("entry") String entry) {
        return ledger.distinct(prefix, entry);
    }
}
