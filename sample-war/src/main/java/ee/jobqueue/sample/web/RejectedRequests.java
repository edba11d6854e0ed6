package ee.jobqueue.sample.web;

import ee.jobqueue.sample.web.Problem.Mistake;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Tells which fields of a request break which rule: 400.
 *
 * @since 0.1
 */
@Provider
public class RejectedRequests implements ExceptionMapper<ConstraintViolationException> {

    @Override
    public Response toResponse(ConstraintViolationException exception) {
        List<Mistake> mistakes = exception.getConstraintViolations().stream()
                .map(RejectedRequests::mistake)
                .sorted(Comparator.comparing(Mistake::where))
                .toList();
        return Problem.response(Status.BAD_REQUEST, "correct the fields named in errors", mistakes);
    }

    private static Mistake mistake(ConstraintViolation<?> violation) {
        // The path begins with method and parameter, which are ours and not the client's.
        String field = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .filter(node -> node.getKind() == ElementKind.PROPERTY)
                .map(Path.Node::getName)
                .collect(Collectors.joining("."));
        return new Mistake(field.isEmpty() ? lastNode(violation) : field, violation.getMessage());
    }

    private static String lastNode(ConstraintViolation<?> violation) {
        return StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .reduce((first, second) -> second)
                .map(Path.Node::getName)
                .orElse("request");
    }
}
