package ee.jobqueue.ejb;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a type declares with {@link JsonbTypeInfo}. */
record Polymorphism(String key, List<JsonbSubtype> subtypes) {

    static boolean isDeclaredOn(Class<?> type) {
        return type.isAnnotationPresent(JsonbTypeInfo.class);
    }

    /** Reads a declaration that is there. */
    static Polymorphism of(Class<?> type) {
        JsonbTypeInfo info = type.getAnnotation(JsonbTypeInfo.class);
        return new Polymorphism(info.key(), List.copyOf(Arrays.asList(info.value())));
    }

    Optional<Class<?>> subtype(@Nullable String alias) {
        return subtypes.stream()
                .filter(subtype -> subtype.alias().equals(alias))
                .findFirst()
                .map(JsonbSubtype::type);
    }

    List<String> aliases() {
        return subtypes.stream().map(JsonbSubtype::alias).toList();
    }

    boolean names(Class<?> type) {
        return subtypes.stream().anyMatch(subtype -> subtype.type() == type);
    }
}
