/**
 * The sample's records in MongoDB, in the database of the queue. The WAR for an SQL database is built without this package.
 *
 * <p>Read {@code ShopDatabase} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.sample.mongo;

import org.jspecify.annotations.NullMarked;
