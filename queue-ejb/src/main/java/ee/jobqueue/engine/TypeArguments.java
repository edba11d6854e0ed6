package ee.jobqueue.engine;

import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what a class puts in for the type variables of an interface that it implements, directly or through others. */
final class TypeArguments {

    private TypeArguments() {}

    /**
     * Finds the arguments.
     *
     * @param type a class that implements the interface
     * @param target the generic interface
     * @return what stands for each of its variables; a variable where nothing was put in
     */
    static List<Type> of(Class<?> type, Class<?> target) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        bind(type, bindings);
        List<Type> arguments = new ArrayList<>();
        for (TypeVariable<?> variable : target.getTypeParameters()) {
            Type bound = variable;
            while (bound instanceof TypeVariable<?> unresolved && bindings.containsKey(unresolved)) {
                bound = bindings.get(unresolved);
            }
            arguments.add(bound);
        }
        return arguments;
    }

    private static void bind(Class<?> type, Map<TypeVariable<?>, Type> bindings) {
        for (Type parent : type.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType parameterized) {
                TypeVariable<?>[] variables = ((GenericDeclaration) parameterized.getRawType()).getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    bindings.putIfAbsent(variables[i], parameterized.getActualTypeArguments()[i]);
                }
                bind((Class<?>) parameterized.getRawType(), bindings);
            } else {
                bind((Class<?>) parent, bindings);
            }
        }
    }
}
