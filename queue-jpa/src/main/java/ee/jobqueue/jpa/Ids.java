package ee.jobqueue.jpa;

import ee.jobqueue.ChainId;
import ee.jobqueue.InvalidIdException;
import ee.jobqueue.JobId;
import ee.jobqueue.spi.WorkerId;
import java.util.Collection;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** The form of this store's ids: UUIDs, refused before any statement when they are none. */
final class Ids {

    private Ids() {}

    /** A new id of version 7: it begins with the time, so that new rows fall on the same pages of an index. */
    static UUID next() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null);
    }

    static UUID of(JobId id) {
        return parse(id.value());
    }

    static UUID of(ChainId id) {
        return parse(id.value());
    }

    static UUID of(WorkerId id) {
        return parse(id.value());
    }

    static UUID[] of(Collection<ChainId> ids) {
        return ids.stream().map(Ids::of).toArray(UUID[]::new);
    }

    /** Strict, since {@link UUID#fromString} takes {@code 1-1-1-1-1} as well. */
    static UUID parse(String value) {
        try {
            UUID id = UUID.fromString(value);
            if (id.toString().equalsIgnoreCase(value)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw refused(value, e);
        }
        throw refused(value, null);
    }

    private static InvalidIdException refused(String value, @org.jspecify.annotations.Nullable Throwable cause) {
        InvalidIdException refusal = new InvalidIdException(
                value, "ids of this store are UUIDs, as in 01890a5d-ac96-774b-bcce-b302099a8057");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
