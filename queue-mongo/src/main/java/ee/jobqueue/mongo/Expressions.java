package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Fields.value;

import ee.jobqueue.spi.DueTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The expressions and stages of which updates and queries are made. Whatever a caller gave goes in by {@link #literal}:
 * a text that begins with a dollar would otherwise be read as the name of a field.
 */
final class Expressions {

    /** The server's time, the same throughout an operation. */
    static final String NOW = "$$NOW";

    private Expressions() {}

    static Document literal(@Nullable Object value) {
        return new Document("$literal", value);
    }

    static Document equal(Object one, Object other) {
        return new Document("$eq", Arrays.asList(one, other));
    }

    static Document choose(Object condition, Object then, Object otherwise) {
        return new Document("$cond", List.of(condition, then, otherwise));
    }

    /** A time some milliseconds after another one. */
    static Document after(Object time, long millis) {
        return moved("$dateAdd", time, millis);
    }

    /** A time some milliseconds before another one. */
    static Document before(Object time, long millis) {
        return moved("$dateSubtract", time, millis);
    }

    private static Document moved(String operator, Object time, long millis) {
        return new Document(
                operator,
                new Document("startDate", time).append("unit", "millisecond").append("amount", millis));
    }

    static Document later(Object one, Object other) {
        return new Document("$max", List.of(one, other));
    }

    static Document earlier(Object one, Object other) {
        return new Document("$min", List.of(one, other));
    }

    static Document increased(String field) {
        return new Document("$add", List.of(value(field), 1));
    }

    /** A condition on a time that is compared with the server's now. */
    static Document isPast(String field) {
        return new Document("$expr", new Document("$lte", List.of(value(field), NOW)));
    }

    /** The opposite of {@link #isPast}. */
    static Document isAhead(String field) {
        return new Document("$expr", new Document("$gt", List.of(value(field), NOW)));
    }

    /** A condition on a time that is compared with a time before the server's now. */
    static Document isPastBy(String field, long millis) {
        return new Document("$expr", new Document("$lte", List.of(value(field), before(NOW, millis))));
    }

    static Document in(Collection<?> values) {
        return new Document("$in", List.copyOf(values));
    }

    static Document notIn(Collection<?> values) {
        return new Document("$nin", List.copyOf(values));
    }

    static Document match(Bson filter) {
        return new Document("$match", filter);
    }

    static Document sort(Document order) {
        return new Document("$sort", order);
    }

    static Document limit(int limit) {
        return new Document("$limit", limit);
    }

    static Document project(Document fields) {
        return new Document("$project", fields);
    }

    static Document set(Document fields) {
        return new Document("$set", fields);
    }

    static Document unset(String... fields) {
        return new Document("$unset", List.of(fields));
    }

    /** When a job with this schedule is due: never earlier than now. */
    static Document due(DueTime time) {
        Long at = time.atMillis();
        return at == null ? after(NOW, time.delayMillis()) : later(new Date(at), NOW);
    }
}
