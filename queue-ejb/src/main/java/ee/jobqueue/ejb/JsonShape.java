package ee.jobqueue.ejb;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares a JSON value with the type as which it is to be read, and says where they differ: a missing component (one that
 * is {@link Optional} may be missing), a null primitive, a number that does not fit, an unknown alias.
 */
final class JsonShape {

    private static final Map<Class<?>, BigDecimal[]> INTEGRAL_RANGES = Map.of(
            byte.class, range(Byte.MIN_VALUE, Byte.MAX_VALUE),
            short.class, range(Short.MIN_VALUE, Short.MAX_VALUE),
            int.class, range(Integer.MIN_VALUE, Integer.MAX_VALUE),
            long.class, range(Long.MIN_VALUE, Long.MAX_VALUE),
            Byte.class, range(Byte.MIN_VALUE, Byte.MAX_VALUE),
            Short.class, range(Short.MIN_VALUE, Short.MAX_VALUE),
            Integer.class, range(Integer.MIN_VALUE, Integer.MAX_VALUE),
            Long.class, range(Long.MIN_VALUE, Long.MAX_VALUE));

    private JsonShape() {}

    /** Adds to the violations what is wrong with a value, each as path and rule. */
    static void compare(JsonValue value, Type type, String path, List<String> violations) {
        Class<?> raw = JavaTypes.rawClass(type);
        if (value.getValueType() == ValueType.NULL) {
            if (raw.isPrimitive()) {
                violations.add(path + ": must not be null, it is a " + raw);
            }
        } else if (INTEGRAL_RANGES.containsKey(raw)) {
            compareIntegral(value, raw, path, violations);
        } else if (raw == boolean.class || raw == Boolean.class) {
            require(isBoolean(value), "true or false", value, path, violations);
        } else if (raw == String.class) {
            require(value instanceof JsonString, "a string", value, path, violations);
        } else if (raw == double.class || raw == float.class || raw == Double.class || raw == Float.class) {
            require(value instanceof JsonNumber, "a number", value, path, violations);
        } else if (raw.isEnum()) {
            compareEnum(value, raw, path, violations);
        } else if (raw == Optional.class) {
            compare(value, JavaTypes.argument(type, 0), path, violations);
        } else if (raw.isArray()) {
            compareElements(value, raw.getComponentType(), path, violations);
        } else if (Collection.class.isAssignableFrom(raw)) {
            compareElements(value, JavaTypes.argument(type, 0), path, violations);
        } else if (Map.class.isAssignableFrom(raw)) {
            compareEntries(value, type, path, violations);
        } else if (raw.isRecord()) {
            compareRecord(value, raw, path, violations);
        } else if (Polymorphism.isDeclaredOn(raw)) {
            comparePolymorphic(value, raw, path, violations);
        }
    }

    private static void compareRecord(JsonValue value, Class<?> raw, String path, List<String> violations) {
        if (!(value instanceof JsonObject object)) {
            require(false, "an object", value, path, violations);
            return;
        }
        for (RecordComponent component : raw.getRecordComponents()) {
            String name = JavaTypes.jsonName(component);
            JsonValue part = object.get(name);
            if (part != null) {
                compare(part, component.getGenericType(), path + "." + name, violations);
            } else if (component.getType() != Optional.class) {
                violations.add(path + "." + name + ": is missing");
            }
        }
    }

    private static void comparePolymorphic(JsonValue value, Class<?> raw, String path, List<String> violations) {
        if (!(value instanceof JsonObject object)) {
            require(false, "an object", value, path, violations);
            return;
        }
        Polymorphism polymorphism = Polymorphism.of(raw);
        String alias = object.get(polymorphism.key()) instanceof JsonString text ? text.getString() : null;
        Optional<Class<?>> subtype = polymorphism.subtype(alias);
        if (subtype.isPresent()) {
            compare(value, subtype.get(), path, violations);
        } else {
            violations.add(path + "." + polymorphism.key() + ": must be one of " + polymorphism.aliases() + ", it is "
                    + alias);
        }
    }

    private static void compareIntegral(JsonValue value, Class<?> raw, String path, List<String> violations) {
        if (!(value instanceof JsonNumber number)) {
            require(false, "a number", value, path, violations);
            return;
        }
        BigDecimal exact = number.bigDecimalValue();
        BigDecimal[] range = INTEGRAL_RANGES.get(raw);
        boolean fits = number.isIntegral() && exact.compareTo(range[0]) >= 0 && exact.compareTo(range[1]) <= 0;
        require(fits, "a whole number that fits a " + raw.getSimpleName(), value, path, violations);
    }

    private static void compareEnum(JsonValue value, Class<?> raw, String path, List<String> violations) {
        boolean known = value instanceof JsonString text
                && Arrays.stream(raw.getEnumConstants())
                        .anyMatch(constant -> ((Enum<?>) constant).name().equals(text.getString()));
        require(known, "one of " + Arrays.toString(raw.getEnumConstants()), value, path, violations);
    }

    private static void compareElements(JsonValue value, Type element, String path, List<String> violations) {
        if (!(value instanceof JsonArray array)) {
            // a byte array may be a string, as JSON-B writes it
            require(element == byte.class && value instanceof JsonString, "an array", value, path, violations);
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            compare(array.get(i), element, path + "[" + i + "]", violations);
        }
    }

    private static void compareEntries(JsonValue value, Type type, String path, List<String> violations) {
        if (!(value instanceof JsonObject object)) {
            // maps whose keys are no strings are written as an array of entries, which JSON-B checks itself
            return;
        }
        if (type instanceof ParameterizedType) {
            object.forEach((key, entry) -> compare(entry, JavaTypes.argument(type, 1), path + "." + key, violations));
        }
    }

    private static boolean isBoolean(JsonValue value) {
        return value.getValueType() == ValueType.TRUE || value.getValueType() == ValueType.FALSE;
    }

    private static void require(boolean fits, String rule, JsonValue value, String path, List<String> violations) {
        if (!fits) {
            String text = value.toString();
            violations.add(path + ": must be " + rule + ", it is "
                    + (text.length() > 40 ? text.substring(0, 40) + "…" : text));
        }
    }

    private static BigDecimal[] range(long min, long max) {
        return new BigDecimal[] {BigDecimal.valueOf(min), BigDecimal.valueOf(max)};
    }
}
