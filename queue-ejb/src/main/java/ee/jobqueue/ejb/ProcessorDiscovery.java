package ee.jobqueue.ejb;

import ee.jobqueue.InvalidJobTypeException;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.StagedJobProcessor;
import ee.jobqueue.engine.ProcessorRegistration;
import ee.jobqueue.engine.ProcessorRegistration.Mode;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * Recognizes the beans that are processors. Their types are read from {@link Bean#getTypes()}: the classes of proxies have
 * lost their generics.
 */
final class ProcessorDiscovery {

    private ProcessorDiscovery() {}

    /**
     * Looks at a bean.
     *
     * @return its registration; empty when it is no processor
     * @throws InvalidJobTypeException when it is one that cannot be used
     */
    static Optional<ProcessorRegistration> registration(BeanManager beanManager, Bean<?> bean) {
        List<Type> processorTypes = bean.getTypes().stream()
                .filter(type -> isProcessor(rawType(type)) && rawType(type).isInterface())
                .toList();
        if (processorTypes.isEmpty()) {
            return Optional.empty();
        }
        Class<?> owner = bean.getBeanClass();
        if (processorTypes.size() > 1) {
            throw new InvalidJobTypeException(
                    owner.getName(), "it implements more than one processor interface; make it one bean for each");
        }
        Type processorType = processorTypes.get(0);
        Mode mode = rawType(processorType) == JobProcessor.class ? Mode.ATOMIC : Mode.STAGED;
        if (!(processorType instanceof ParameterizedType parameterized)
                || !(parameterized.getActualTypeArguments()[0] instanceof Class<?> inputClass)) {
            throw new InvalidJobTypeException(
                    owner.getName(),
                    "its job type cannot be seen in " + processorType
                            + ": implement the processor interface with the record itself, without type variables");
        }
        TransactionAttributeCheck.check(owner, mode);
        return Optional.of(new ProcessorRegistration(
                inputClass, mode, owner, new ProcessorBean(beanManager, bean, processorType)));
    }

    private static boolean isProcessor(Class<?> type) {
        return type == JobProcessor.class || type == StagedJobProcessor.class;
    }

    private static Class<?> rawType(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType() : Object.class;
    }
}
