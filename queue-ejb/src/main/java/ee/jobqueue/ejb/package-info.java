/**
 * The shell: puts the engine into a Jakarta EE server. CDI beans, JTA, managed executors, MicroProfile, JSON-B.
 *
 * <p>Read {@code JobQueueLifecycle} first: it builds the engine from what the server has, starts it and stops it. What an
 * application does with it is in {@link ee.jobqueue}; this package offers nothing to import.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.ejb;

import org.jspecify.annotations.NullMarked;
