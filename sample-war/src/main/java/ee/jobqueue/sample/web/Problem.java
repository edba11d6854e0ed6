package ee.jobqueue.sample.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.StatusType;
import java.util.List;

/**
 * What went wrong, for clients (RFC 9457). Immutable.
 *
 * @param status the HTTP status
 * @param title the status in words
 * @param detail what is wrong and what to do
 * @param errors the single mistakes, if there are any
 * @since 0.1
 */
public record Problem(int status, String title, String detail, List<Mistake> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    /**
     * One mistake. Immutable.
     *
     * @param where the field, parameter or line
     * @param problem what is wrong with it
     */
    public record Mistake(String where, String problem) {}

    static Response response(StatusType status, String detail, List<Mistake> errors) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem(status.getStatusCode(), status.getReasonPhrase(), detail, errors))
                .build();
    }

    static Response response(StatusType status, String detail) {
        return response(status, detail, List.of());
    }
}
