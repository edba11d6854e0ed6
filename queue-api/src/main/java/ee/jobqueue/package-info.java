/**
 * The front door: what an application imports.
 *
 * <p>Read {@link ee.jobqueue.JobQueue} first, then {@link ee.jobqueue.JobProcessor} and {@link ee.jobqueue.Outcome}. A
 * job type is a record that implements {@link ee.jobqueue.ChainStart} or {@link ee.jobqueue.ChainStep} and carries
 * {@link ee.jobqueue.JobType}. Everything that can go wrong is a {@link ee.jobqueue.JobQueueException}.
 *
 * @since 0.1
 * @serial exclude
 */
@NullMarked
package ee.jobqueue;

import org.jspecify.annotations.NullMarked;
