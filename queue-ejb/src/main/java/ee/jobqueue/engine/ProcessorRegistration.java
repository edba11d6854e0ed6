package ee.jobqueue.engine;

import java.util.Objects;

/**
 * Says who runs the jobs of a type, and how.
 *
 * @param inputClass the job type
 * @param mode how its attempts run
 * @param owner the processor's class, for messages
 * @param handle reaches the processor
 * @since 0.1
 */
public record ProcessorRegistration(Class<?> inputClass, Mode mode, Class<?> owner, ProcessorHandle handle) {

    /** How attempts run. */
    public enum Mode {
        /** Inside the transaction that finishes the job. */
        ATOMIC,
        /** Outside any transaction; finished in one afterwards. */
        STAGED
    }

    /** Refuses nulls. */
    public ProcessorRegistration {
        Objects.requireNonNull(inputClass, "inputClass");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(handle, "handle");
    }
}
