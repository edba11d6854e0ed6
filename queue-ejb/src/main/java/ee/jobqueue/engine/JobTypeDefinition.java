package ee.jobqueue.engine;

import ee.jobqueue.ChainStart;
import ee.jobqueue.ChainStep;
import ee.jobqueue.InvalidJobTypeException;
import ee.jobqueue.JobType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A job type as its class declares it.
 *
 * @param name its name in the store
 * @param inputClass the record
 * @param outputType what the chain yields from this job on
 * @param startsChains whether it may start a chain
 * @param continuesWith the steps with which it may continue
 * @param blockedBy the types of the chains for which it may wait
 * @param external whether no processor is expected here
 */
record JobTypeDefinition(
        String name,
        Class<?> inputClass,
        Type outputType,
        boolean startsChains,
        List<Class<?>> continuesWith,
        List<Class<?>> blockedBy,
        boolean external) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?");

    /**
     * Reads the declaration of a class.
     *
     * @throws InvalidJobTypeException when it is not valid
     */
    static JobTypeDefinition of(Class<?> inputClass) {
        String className = inputClass.getName();
        JobType declaration = inputClass.getAnnotation(JobType.class);
        if (declaration == null) {
            throw new InvalidJobTypeException(className, "annotate the class with @JobType(\"a-stable-name\")");
        }
        String name = declaration.value();
        if (!NAME.matcher(name).matches()) {
            throw new InvalidJobTypeException(
                    name,
                    "the name on " + className + " must be 1 to 100 lower-case letters, digits and inner hyphens");
        }
        if (!inputClass.isRecord() || !isPublic(inputClass)) {
            throw new InvalidJobTypeException(
                    name, className + " must be a public record, and so must what encloses it");
        }
        if (inputClass.getTypeParameters().length > 0) {
            throw new InvalidJobTypeException(name, className + " must not have type variables");
        }
        if (!ChainStep.class.isAssignableFrom(inputClass)) {
            throw new InvalidJobTypeException(
                    name, className + " must implement ChainStart<Output> or ChainStep<Output>");
        }
        Type output = TypeArguments.of(inputClass, ChainStep.class).get(0);
        if (!(output instanceof Class || output instanceof ParameterizedType)) {
            throw new InvalidJobTypeException(
                    name, className + " must name the output type of ChainStep, it has " + output);
        }
        return new JobTypeDefinition(
                name,
                inputClass,
                output,
                ChainStart.class.isAssignableFrom(inputClass),
                List.of((Class<?>[]) declaration.continuesWith()),
                List.of((Class<?>[]) declaration.blockedBy()),
                declaration.external());
    }

    private static boolean isPublic(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
            if (!Modifier.isPublic(c.getModifiers())) {
                return false;
            }
        }
        return true;
    }
}
