package ee.jobqueue;

/**
 * The input of a job that can only continue a chain; the record that implements it is the job type.
 *
 * <p>The implementing class is a public record annotated with {@link JobType}. It is written to the store as JSON, so
 * its components are data.
 *
 * @param <O> what the chain yields from this job on
 * @since 0.1
 */
public interface ChainStep<O> {}
