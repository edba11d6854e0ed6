/**
 * Applications that must not start.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.jpa.server.broken;

import org.jspecify.annotations.NullMarked;
