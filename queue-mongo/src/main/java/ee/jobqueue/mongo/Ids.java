package ee.jobqueue.mongo;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.JobId;
import ee.jobqueue.spi.WorkerId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The form of this store's ids: an {@link ObjectId}, made by the driver, or the text of the {@link UUID} that a caller chose for
 * a chain. Both stand in {@code _id}, and the one can never be taken for the other. Not BSON's own form of a UUID: the
 * settings of the application's client decide how the driver reads and writes that.
 */
final class Ids {

    private static final int OBJECT_ID_LENGTH = 24;

    private Ids() {}

    static Object of(JobId id) {
        return parse(id.value());
    }

    static Object of(ChainId id) {
        return parse(id.value());
    }

    static List<Object> of(Collection<ChainId> ids) {
        return ids.stream().map(Ids::of).toList();
    }

    static Object of(WorkerId id) {
        return parse(id.value());
    }

    static JobId jobId(Object id) {
        return new JobId(text(id));
    }

    static ChainId chainId(Object id) {
        return new ChainId(text(id));
    }

    static String text(Object id) {
        return id instanceof ObjectId made ? made.toHexString() : id.toString();
    }

    /** Strict, since {@link UUID#fromString} takes {@code 1-1-1-1-1} as well. */
    static Object parse(String value) {
        if (value.length() == OBJECT_ID_LENGTH && ObjectId.isValid(value)) {
            return new ObjectId(value);
        }
        try {
            UUID id = UUID.fromString(value);
            if (id.toString().equalsIgnoreCase(value)) {
                return id.toString();
            }
        } catch (IllegalArgumentException e) {
            throw refused(value, e);
        }
        throw refused(value, null);
    }

    private static InvalidIdException refused(String value, @Nullable Throwable cause) {
        InvalidIdException refusal = new InvalidIdException(
                value,
                "ids of this store are ObjectIds, as in 6565e1f0c3a4b5d6e7f80912, or UUIDs that a caller chose, as in"
                        + " 01890a5d-ac96-774b-bcce-b302099a8057");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
