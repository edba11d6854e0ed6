package ee.jobqueue.ejb;

import ee.jobqueue.InvalidPayloadException;
import ee.jobqueue.engine.PayloadCodec;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.validation.Validator;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Payloads as JSON, by JSON-B, checked by Jakarta Validation before they are written.
 *
 * <p>JSON-B itself reads too leniently: a missing number becomes 0, overflow and trailing text pass. So the text is parsed
 * first and compared with the type ({@link JsonShape}), and only then bound. Nulls are written, so that what is missing is
 * an error and what is null is not.
 */
final class JsonbCodec implements PayloadCodec {

    private final Optional<Validator> validator;
    private final Jsonb jsonb;

    JsonbCodec(Optional<Validator> validator) {
        this.validator = validator;
        this.jsonb = JsonbBuilder.create(new JsonbConfig().withNullValues(true));
    }

    @Override
    public String encode(String jobType, Object payload) {
        List<String> violations = validator
                .map(v -> v.validate(payload).stream()
                        .map(violation -> violation.getPropertyPath() + ": " + violation.getMessage())
                        .sorted()
                        .toList())
                .orElse(List.of());
        if (!violations.isEmpty()) {
            throw new InvalidPayloadException(jobType, violations);
        }
        try {
            return jsonb.toJson(payload);
        } catch (JsonbException e) {
            throw invalid(jobType, "it cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    @Override
    public Object decode(String jobType, String text, Type target) {
        JsonValue value;
        try {
            value = JsonText.parse(text);
        } catch (JsonException e) {
            throw invalid(jobType, "it is no JSON: " + e.getMessage(), e);
        }
        List<String> violations = new ArrayList<>();
        JsonShape.compare(value, target, "$", violations);
        if (!violations.isEmpty()) {
            throw new InvalidPayloadException(jobType, violations);
        }
        try {
            return jsonb.fromJson(text, target);
        } catch (JsonbException | IllegalArgumentException e) {
            throw invalid(jobType, "it cannot be read as " + target.getTypeName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void check(String jobType, Type target) {
        PayloadTypeCheck.check(jobType, target);
    }

    private static InvalidPayloadException invalid(String jobType, String violation, Exception cause) {
        InvalidPayloadException error = new InvalidPayloadException(jobType, List.of(violation));
        error.initCause(cause);
        return error;
    }
}
