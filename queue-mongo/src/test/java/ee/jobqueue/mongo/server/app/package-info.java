/**
 * The application that the server's tests deploy: bookings in documents of its own, made by jobs.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.mongo.server.app;

import org.jspecify.annotations.NullMarked;
