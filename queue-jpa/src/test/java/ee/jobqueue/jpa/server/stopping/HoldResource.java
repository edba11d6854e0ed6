package ee.jobqueue.jpa.server.stopping;

import ee.jobqueue.JobQueue;
import ee.jobqueue.StartRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Starts jobs that run until a lock is free. */
@Path("/holds/{gate}")
@RequestScoped
public class HoldResource {

    @Inject
    private JobQueue queue;

    @Inject
    private Gate lock;

    /** Starts some. */
    @POST
    public int start(@PathParam("gate") long gate, @QueryParam("count") int count) {
        return queue.startAll(Stream.generate(() -> StartRequest.of(new Hold(gate)))
                        .limit(count)
                        .toList())
                .size();
    }

    /** Answers. */
    @GET
    public int ready() {
        return 0;
    }

    /** Answers when the lock is free: a server that stops waits for its requests first. */
    @GET
    @Path("end")
    public int end(@PathParam("gate") long gate) throws SQLException {
        lock.await(gate);
        return 0;
    }
}
