package ee.jobqueue.sample.mongo;

import jakarta.persistence.Id;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Entities as documents: each field under its own name, the {@code @Id} as {@code _id}. A real application takes a mapper. */
final class EntityDocuments {

    private EntityDocuments() {}

    static Document toDocument(Object entity) {
        Document document = new Document();
        for (Field field : fields(entity.getClass())) {
            document.append(name(field), toValue(get(field, entity)));
        }
        return document;
    }

    static <T> T toEntity(Class<T> type, Document document) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            T entity = constructor.newInstance();
            for (Field field : fields(type)) {
                set(field, entity, toField(field.getType(), document.get(name(field))));
            }
            return entity;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be read from a document", e);
        }
    }

    /** Gives a new entity its id. */
    static void identify(Object entity, Object id) {
        fields(entity.getClass()).stream()
                .filter(field -> field.isAnnotationPresent(Id.class))
                .forEach(field -> set(field, entity, id));
    }

    private static List<Field> fields(Class<?> type) {
        return Stream.of(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .peek(field -> field.setAccessible(true))
                .toList();
    }

    private static String name(Field field) {
        return field.isAnnotationPresent(Id.class) ? "_id" : field.getName();
    }

    private static @Nullable Object toValue(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return new Decimal128(number);
        }
        if (value instanceof Instant time) {
            return Date.from(time);
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    private static @Nullable Object toField(Class<?> type, @Nullable Object value) {
        if (value instanceof Decimal128 number) {
            return number.bigDecimalValue();
        }
        if (value instanceof Date time) {
            return time.toInstant();
        }
        return type.isEnum()
                ? Stream.of(type.getEnumConstants())
                        .filter(constant -> ((Enum<?>) constant).name().equals(value))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(value + " is no " + type))
                : value;
    }

    private static @Nullable Object get(Field field, Object entity) {
        try {
            return field.get(entity);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not readable", e);
        }
    }

    private static void set(Field field, Object entity, @Nullable Object value) {
        try {
            field.set(entity, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not writable", e);
        }
    }
}
