/**
 * An application that brings a notifier.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.jpa.server.notified;

import org.jspecify.annotations.NullMarked;
