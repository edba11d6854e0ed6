/**
 * The application that the server's tests deploy: bookings in a table of its own, made by jobs.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.jpa.server.app;

import org.jspecify.annotations.NullMarked;
