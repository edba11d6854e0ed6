package ee.jobqueue.conformance;

import ee.jobqueue.engine.PayloadCodec;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;

/** Payloads by JSON-B as it is; the strict codec of the shell has tests of its own. */
final class PlainCodec implements PayloadCodec {

    private final Jsonb jsonb = JsonbBuilder.create();

    @Override
    public String encode(String jobType, Object payload) {
        return jsonb.toJson(payload);
    }

    @Override
    public Object decode(String jobType, String text, Type target) {
        return jsonb.fromJson(text, target);
    }

    @Override
    public void check(String jobType, Type target) {
        // the contracts' own types are readable
    }
}
