/**
 * The application in which the conformance suite runs inside the server: it has no jobs of its own, and runs the suite when
 * it is asked to.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.jpa.server.suite;

import org.jspecify.annotations.NullMarked;
