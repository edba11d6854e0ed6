/**
 * An application's own client of MongoDB, as its documentation shows it.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.mongo.server.own;

import org.jspecify.annotations.NullMarked;
