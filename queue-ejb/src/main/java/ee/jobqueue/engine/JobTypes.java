package ee.jobqueue.engine;

import ee.jobqueue.InvalidJobTypeException;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * The job types of this application. Those that processors run, and all that these name, are known from the start; an
 * external type that nothing names becomes known, and is checked, when it is first used. Safe for use by several threads.
 */
final class JobTypes {

    private final Map<String, ProcessorRegistration> processors;
    private final Set<String> processed;
    private final PayloadCodec codec;
    private final ConcurrentMap<Class<?>, JobTypeDefinition> byClass = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, JobTypeDefinition> byName = new ConcurrentHashMap<>();

    /**
     * Reads and checks the types of all processors and what they name.
     *
     * @param run the names of the types that run here, of those that have processors; empty for all of them
     * @throws InvalidJobTypeException for the first that is not valid
     */
    JobTypes(Collection<ProcessorRegistration> registrations, PayloadCodec codec, Optional<Set<String>> run) {
        this.codec = codec;
        this.processors = ProcessorTable.of(registrations);
        this.processed = processors.keySet().stream()
                .filter(type -> run.isEmpty() || run.get().contains(type))
                .collect(Collectors.toUnmodifiableSet());
        Deque<Class<?>> open = new ArrayDeque<>();
        registrations.forEach(registration -> open.add(registration.inputClass()));
        while (!open.isEmpty()) {
            Class<?> next = open.remove();
            if (!byClass.containsKey(next)) {
                JobTypeDefinition type = admit(next);
                open.addAll(type.continuesWith());
                open.addAll(type.blockedBy());
            }
        }
        byClass.values().forEach(this::checkNeighbours);
    }

    /**
     * The definition of a type.
     *
     * @throws InvalidJobTypeException when the class is not valid as a job type of this application
     */
    JobTypeDefinition of(Class<?> inputClass) {
        JobTypeDefinition known = byClass.get(inputClass);
        return known != null ? known : admit(inputClass);
    }

    /** The definition of a type that is known here. */
    Optional<JobTypeDefinition> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What chains of a type yield, when the type is known here. */
    Optional<Type> outputOf(String chainType) {
        return named(chainType).map(JobTypeDefinition::outputType);
    }

    /** The names of some types. */
    Set<String> names(List<Class<?>> classes) {
        return classes.stream().map(c -> of(c).name()).collect(Collectors.toUnmodifiableSet());
    }

    /** Who runs the jobs of a type. */
    Optional<ProcessorRegistration> processorOf(String name) {
        return Optional.ofNullable(processors.get(name));
    }

    /** The names of the types that run here. */
    Set<String> processed() {
        return processed;
    }

    /** The names of the types that have processors here and are left to other servers. */
    Set<String> leftToOthers() {
        return processors.keySet().stream()
                .filter(type -> !processed.contains(type))
                .collect(Collectors.toUnmodifiableSet());
    }

    private synchronized JobTypeDefinition admit(Class<?> inputClass) {
        JobTypeDefinition type = JobTypeDefinition.of(inputClass);
        JobTypeDefinition namesake = byName.get(type.name());
        if (namesake != null && namesake.inputClass() != inputClass) {
            throw new InvalidJobTypeException(
                    type.name(),
                    "two classes have this name: " + namesake.inputClass().getName() + " and " + inputClass.getName()
                            + "; rename one");
        }
        if (!type.external() && !processors.containsKey(type.name())) {
            throw new InvalidJobTypeException(
                    type.name(),
                    "no processor was found for " + inputClass.getName()
                            + ": add a CDI bean that implements JobProcessor<" + inputClass.getSimpleName()
                            + ", …> or StagedJobProcessor, or declare it external");
        }
        codec.check(type.name(), inputClass);
        if (type.outputType() != Void.class) {
            codec.check(type.name(), type.outputType());
        }
        byName.put(type.name(), type);
        byClass.put(inputClass, type);
        return type;
    }

    private void checkNeighbours(JobTypeDefinition type) {
        if (type.external() && processors.containsKey(type.name())) {
            throw new InvalidJobTypeException(
                    type.name(),
                    "it is declared external, but "
                            + processors.get(type.name()).owner().getName() + " processes it: remove one of the two");
        }
        if (!type.startsChains()
                && byClass.values().stream()
                        .noneMatch(other -> other.continuesWith().contains(type.inputClass()))) {
            throw new InvalidJobTypeException(
                    type.name(),
                    "unreachable: " + type.inputClass().getName()
                            + " is only a ChainStep and no type names it in continuesWith; name it, or make it a ChainStart");
        }
    }
}
