package ee.jobqueue.ejb;

import ee.jobqueue.Attempt;
import ee.jobqueue.InvalidJobTypeException;
import ee.jobqueue.engine.ProcessorRegistration.Mode;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Set;

/**
 * Refuses a processor whose {@code @Transactional} would take it out of the attempt's transaction, or give a staged one a
 * transaction that commits apart from its outcome.
 */
final class TransactionAttributeCheck {

    private static final Set<TxType> INSIDE = EnumSet.of(TxType.REQUIRED, TxType.MANDATORY, TxType.SUPPORTS);
    private static final Set<TxType> OUTSIDE = EnumSet.of(TxType.SUPPORTS, TxType.NOT_SUPPORTED, TxType.NEVER);

    private TransactionAttributeCheck() {}

    /**
     * Checks a processor's class.
     *
     * @throws InvalidJobTypeException when it is refused
     */
    static void check(Class<?> processor, Mode mode) {
        Set<TxType> allowed = mode == Mode.ATOMIC ? INSIDE : OUTSIDE;
        for (Class<?> c = processor; c != null && c != Object.class; c = c.getSuperclass()) {
            Transactional onClass = c.getAnnotation(Transactional.class);
            for (Method method : c.getDeclaredMethods()) {
                if (isExecute(method)) {
                    Transactional onMethod = method.getAnnotation(Transactional.class);
                    check(processor, mode, allowed, onMethod != null ? onMethod : onClass);
                }
            }
        }
    }

    private static boolean isExecute(Method method) {
        return method.getName().equals("execute")
                && !method.isBridge()
                && method.getParameterCount() == 2
                && Attempt.class.isAssignableFrom(method.getParameterTypes()[1]);
    }

    private static void check(
            Class<?> processor,
            Mode mode,
            Set<TxType> allowed,
            @org.jspecify.annotations.Nullable Transactional found) {
        if (found != null && !allowed.contains(found.value())) {
            throw new InvalidJobTypeException(
                    processor.getName(),
                    "its execute is @Transactional(" + found.value() + "), but an "
                            + (mode == Mode.ATOMIC
                                    ? "atomic attempt finishes in the transaction that the worker began"
                                    : "attempt of a StagedJobProcessor runs without a transaction")
                            + ": remove the annotation");
        }
    }
}
