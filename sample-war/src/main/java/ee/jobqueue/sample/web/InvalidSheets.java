package ee.jobqueue.sample.web;

import ee.jobqueue.sample.intake.InvalidSheetException;
import ee.jobqueue.sample.web.Problem.Mistake;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Tells the bad rows of a file, by line: 400.
 *
 * @since 0.1
 */
@Provider
public class InvalidSheets implements ExceptionMapper<InvalidSheetException> {

    @Override
    public Response toResponse(InvalidSheetException exception) {
        return Problem.response(
                Status.BAD_REQUEST,
                exception.getMessage(),
                exception.firstBadRows().stream()
                        .map(row -> new Mistake("line " + row.line(), row.reason()))
                        .toList());
    }
}
