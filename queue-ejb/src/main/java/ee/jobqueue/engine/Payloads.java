package ee.jobqueue.engine;

import ee.jobqueue.Chain;
import ee.jobqueue.InvalidJobTypeException;
import ee.jobqueue.PayloadTooLargeException;
import ee.jobqueue.Status;
import ee.jobqueue.spi.StoredJob;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Turns inputs and outputs into the store's text and back, within the size limit. */
final class Payloads {

    private final PayloadCodec codec;
    private final JobTypes types;
    private final long limit;

    Payloads(PayloadCodec codec, JobTypes types, long limit) {
        this.codec = codec;
        this.types = types;
        this.limit = limit;
    }

    /** Writes a payload that is not {@code null}. */
    String encode(String jobType, Object payload) {
        String text = codec.encode(jobType, payload);
        // A character takes at most 3 bytes a char of UTF-16: only long texts need to be counted.
        if (text.length() > limit / 3) {
            long size = text.getBytes(StandardCharsets.UTF_8).length;
            if (size > limit) {
                throw new PayloadTooLargeException(jobType, size, limit);
            }
        }
        return text;
    }

    /** Writes an output; {@code null} stays {@code null}. */
    @Nullable String encodeOutput(String jobType, @Nullable Object output) {
        return output == null ? null : encode(jobType, output);
    }

    /** Reads an input by its type. */
    Object decodeInput(StoredJob stored, JobTypeDefinition type) {
        return codec.decode(type.name(), stored.input(), type.inputClass());
    }

    /** Reads what a completed chain yielded; {@code null} while it is not completed, and for {@link Void}. */
    @Nullable Object output(StoredJob lastJob) {
        if (lastJob.job().status() != Status.COMPLETED || lastJob.output() == null) {
            return null;
        }
        String chainType = lastJob.job().chainType();
        Type output = types.outputOf(chainType)
                .orElseThrow(() -> new InvalidJobTypeException(
                        chainType, "this application has no such type, so it cannot read what the chain yielded"));
        return codec.decode(chainType, lastJob.output(), output);
    }

    /** The outside's view of a chain. Whoever calls knows that the chain yields {@code O}. */
    @SuppressWarnings("unchecked")
    <O> Chain<O> chain(StoredJob lastJob, boolean deduplicated) {
        return new Chain<>(lastJob.job(), (O) output(lastJob), deduplicated);
    }
}
