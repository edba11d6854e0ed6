/**
 * The ports: what a store implements and the engine calls.
 *
 * <p>Read {@link ee.jobqueue.spi.JobStore} first; {@link ee.jobqueue.spi.Transition} declares what a verb may change. An
 * application imports nothing from here.
 *
 * @since 0.1
 * @serial exclude
 */
@NullMarked
package ee.jobqueue.spi;

import org.jspecify.annotations.NullMarked;
