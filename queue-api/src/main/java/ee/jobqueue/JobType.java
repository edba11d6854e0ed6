package ee.jobqueue;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a job type and declares how it may go on. Put it on the input record.
 *
 * <p>The declaration is checked when the application deploys, and again when a job is written.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JobType {

    /**
     * The stable name under which jobs of this type are stored. It outlives renamed classes; changing it orphans the
     * stored jobs.
     *
     * @return 1 to 100 lower-case letters, digits and inner hyphens
     */
    String value();

    /**
     * The steps with which a processor of this type may continue the chain.
     *
     * @return the allowed steps; empty when the chain ends here
     */
    Class<? extends ChainStep<?>>[] continuesWith() default {};

    /**
     * The types of the chains for which a job of this type may wait.
     *
     * @return the allowed types; empty when jobs of this type wait for nothing
     */
    Class<? extends ChainStart<?>>[] blockedBy() default {};

    /**
     * Says that this application has no processor for the type: its jobs are completed from outside
     * ({@link JobQueue#complete}), or run by another application on the same store.
     *
     * @return whether a processor is not expected here
     */
    boolean external() default false;
}
