package ee.jobqueue.ejb;

import ee.jobqueue.InvalidJobTypeException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks, when the application deploys, that what a type holds can be written and read back: public records, enums, the
 * JDK's own types, collections and arrays of them, and sealed interfaces that name an alias for every subtype.
 */
final class PayloadTypeCheck {

    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class);
    private static final Set<String> PLAIN_PACKAGES = Set.of("java.math", "java.net", "java.time", "java.util");

    private final String jobType;
    private final Set<Class<?>> seen = new HashSet<>();

    private PayloadTypeCheck(String jobType) {
        this.jobType = jobType;
    }

    /**
     * Checks a type and all that it holds.
     *
     * @throws InvalidJobTypeException for the first that cannot be written and read back
     */
    static void check(String jobType, Type type) {
        new PayloadTypeCheck(jobType).visit(type, type.getTypeName());
    }

    private void visit(Type type, String where) {
        if (type instanceof ParameterizedType parameterized) {
            visitClass((Class<?>) parameterized.getRawType(), where);
            for (Type argument : parameterized.getActualTypeArguments()) {
                visit(argument, where);
            }
        } else if (type instanceof GenericArrayType array) {
            visit(array.getGenericComponentType(), where);
        } else if (type instanceof Class<?> plain) {
            if (plain.getTypeParameters().length > 0) {
                throw refused(
                        where,
                        "is a raw " + plain.getName() + ", whose content JSON cannot tell: name its type arguments");
            }
            visitClass(plain, where);
        } else if (type instanceof TypeVariable<?> || type instanceof WildcardType) {
            throw refused(where, "has the type " + type + ", which JSON cannot tell: name a class");
        }
    }

    private void visitClass(Class<?> type, String where) {
        if (type.isArray()) {
            visit(type.getComponentType(), where);
            return;
        }
        if (type.isPrimitive() || type.isEnum() || !seen.add(type)) {
            return;
        }
        if (type == Object.class) {
            throw refused(where, "is an Object, which JSON cannot tell: name a class");
        }
        if (PLAIN.contains(type) || PLAIN_PACKAGES.contains(type.getPackageName())) {
            return;
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            throw refused(where, "is of " + type.getName() + ", which must be public");
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                visit(component.getGenericType(), type.getSimpleName() + "." + component.getName());
            }
        } else if (Polymorphism.isDeclaredOn(type)) {
            visitSubtypes(type, where);
        } else {
            throw refused(
                    where,
                    "is of " + type.getName() + ": make it a public record, an enum, or a sealed interface with"
                            + " @JsonbTypeInfo and an alias for every subtype");
        }
    }

    private void visitSubtypes(Class<?> type, String where) {
        Polymorphism polymorphism = Polymorphism.of(type);
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                if (!polymorphism.names(permitted)) {
                    throw refused(
                            where,
                            "is of " + type.getName() + ", whose @JsonbTypeInfo has no alias for "
                                    + permitted.getName());
                }
            }
        }
        polymorphism
                .subtypes()
                .forEach(subtype -> visit(subtype.type(), subtype.type().getName()));
    }

    private InvalidJobTypeException refused(String where, String rule) {
        return new InvalidJobTypeException(jobType, where + " " + rule);
    }
}
