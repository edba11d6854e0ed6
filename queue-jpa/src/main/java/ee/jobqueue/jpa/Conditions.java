package ee.jobqueue.jpa;

import ee.jobqueue.PageRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The conditions of a list, of which those that are not asked for are left out. Not for use by several threads. */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    Conditions and(String condition) {
        conditions.add(condition);
        return this;
    }

    Conditions and(String condition, String parameter, @Nullable Object value) {
        if (value != null) {
            parameters.put(parameter, value);
            conditions.add(condition);
        }
        return this;
    }

    Conditions in(String field, String parameter, Set<?> values) {
        return and(field + " in :" + parameter, parameter, values.isEmpty() ? null : values);
    }

    /** Among ids, of which none stand for no entry; {@code null} for all entries. */
    Conditions among(String field, String parameter, @Nullable Collection<UUID> ids) {
        return ids != null && ids.isEmpty() ? and("1 = 0") : and(field + " in :" + parameter, parameter, ids);
    }

    /** Past an entry, in descending order of time and id. */
    Conditions after(String timeAndId, PageRequest.@Nullable Position position) {
        if (position != null) {
            parameters.put("after_time", position.createdAt());
            parameters.put("after_id", Ids.parse(position.id()));
            conditions.add(timeAndId + " < (:after_time, :after_id)");
        }
        return this;
    }

    String text() {
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    }

    JobQuery bindTo(JobQuery query) {
        parameters.forEach(query::set);
        return query;
    }
}
