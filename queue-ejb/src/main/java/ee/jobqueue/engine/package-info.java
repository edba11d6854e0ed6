/**
 * The engine: plain Java, without a server and without a database.
 *
 * <p>Read {@link ee.jobqueue.engine.Engine} first: it puts the parts together. The life of a job is a walk through them:
 * {@code Starting} (caller's transaction), {@code Telling} (after commit), {@code Dispatcher} (acquire), {@code
 * AttemptRunner} (run), {@code Finisher} (finish, continue, unblock), {@code Telling} again.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.engine;

import org.jspecify.annotations.NullMarked;
