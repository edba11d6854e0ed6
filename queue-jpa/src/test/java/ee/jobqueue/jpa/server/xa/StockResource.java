package ee.jobqueue.jpa.server.xa;

import ee.jobqueue.JobQueue;
import ee.jobqueue.jpa.server.app.Book;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Takes something from a stock that is in another database, and starts a booking, in one transaction. */
@Path("/stock/{name}")
@RequestScoped
public class StockResource {

    @Inject
    private JobQueue queue;

    @Resource(lookup = "jdbc/stock")
    private DataSource stock;

    /**
     * The stock first: Open Liberty commits in the order in which resources come in, and prepares in the reverse one. So when
     * the stock is to prepare, the queue's database has, and when the stock is to commit, neither has.
     */
    @POST
    @Transactional
    public String order(@PathParam("name") String name, @QueryParam("end") String end) {
        take(name);
        queue.start(new Book(name, false));
        return end(end);
    }

    private void take(String name) {
        try (Connection connection = stock.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO taken (name) VALUES (?)")) {
            insert.setString(1, name);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the stock is not writable", e);
        }
    }

    /** Commits, rolls back by an exception, or lets the server end in the middle of the commit. */
    private static String end(String end) {
        switch (end) {
            case "commit" -> {}
            case "rollback" -> throw new BadRequestException("rolled back, as asked for");
            default -> System.setProperty(HaltingDataSource.HALT_BEFORE, end.replace("halt-before-", ""));
        }
        return end;
    }
}
