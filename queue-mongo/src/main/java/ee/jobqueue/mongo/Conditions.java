package ee.jobqueue.mongo;

import static ee.jobqueue.mongo.Expressions.in;

import ee.jobqueue.PageRequest;
import ee.jobqueue.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** The conditions of a list, gathered one by one. */
final class Conditions {

    private final List<Document> all = new ArrayList<>();

    Conditions and(String field, Object value) {
        all.add(new Document(field, value));
        return this;
    }

    /** One of some texts; any when there are none. */
    Conditions among(String field, Set<String> values) {
        return values.isEmpty() ? this : and(field, in(values));
    }

    Conditions amongStatuses(Set<Status> statuses) {
        return statuses.isEmpty()
                ? this
                : and(Fields.STATUS, in(statuses.stream().map(Status::name).toList()));
    }

    /** One of some ids; any when there is no list of them. */
    Conditions amongIds(String field, @Nullable Collection<Object> ids) {
        return ids == null ? this : and(field, in(ids));
    }

    Conditions between(String field, @Nullable Instant from, @Nullable Instant before) {
        if (from != null) {
            and(field, new Document("$gte", Date.from(from)));
        }
        return before == null ? this : and(field, new Document("$lt", Date.from(before)));
    }

    /** What follows a position, newest first. The ids of both forms are ordered as the server sorts them. */
    Conditions after(String time, String id, PageRequest.@Nullable Position position) {
        if (position == null) {
            return this;
        }
        Date at = Date.from(position.createdAt());
        Object last = Ids.parse(position.id());
        List<Document> alternatives = new ArrayList<>();
        alternatives.add(new Document(time, new Document("$lt", at)));
        alternatives.add(new Document(time, at).append(id, new Document("$lt", last)));
        // a comparison holds within one type only, and the texts of chosen ids sort below all others
        if (last instanceof ObjectId) {
            alternatives.add(new Document(time, at).append(id, new Document("$type", "string")));
        }
        and(time, new Document("$lte", at));
        return and("$or", alternatives);
    }

    /** All of them together. */
    Document all() {
        return all.isEmpty() ? new Document() : new Document("$and", all);
    }
}
