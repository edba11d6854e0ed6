/**
 * The sample's records in an SQL database, by Jakarta Persistence. The WAR for MongoDB is built without this package.
 *
 * <p>Read {@code JpaOrders} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.sample.jpa;

import org.jspecify.annotations.NullMarked;
