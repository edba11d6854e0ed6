/**
 * What the tests of two-phase commit add to the server: a second resource, at whose command the server ends without warning.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.jpa.server.xa;

import org.jspecify.annotations.NullMarked;
