/**
 * The ports: what a store implements and the engine calls.
 *
 * <p>Read {@link ee.jobqueue.spi.JobStore} first; {@link ee.jobqueue.spi.Transition} declares what a verb may change. An
 * application imports nothing from here. {@link ee.jobqueue.spi.Causes}, {@link ee.jobqueue.spi.Errors} and {@link
 * ee.jobqueue.spi.QueueLog} are for errors and texts that come from the application, and may do or say anything.
 *
 * @since 0.1
 * @serial exclude
 */
@NullMarked
package ee.jobqueue.spi;

import org.jspecify.annotations.NullMarked;
