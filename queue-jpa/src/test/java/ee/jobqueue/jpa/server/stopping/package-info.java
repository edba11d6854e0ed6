/**
 * An application whose attempts run until a test lets them end.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.jpa.server.stopping;

import org.jspecify.annotations.NullMarked;
