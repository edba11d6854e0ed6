/**
 * How orders come in: one by one, or as a CSV file. An order and the start of its chain are one transaction.
 *
 * <p>Read {@link ee.jobqueue.sample.intake.OrderIntake} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.sample.intake;

import org.jspecify.annotations.NullMarked;
