/**
 * The store on MongoDB, on the plain synchronous driver.
 *
 * <p>An application deploys this module and a {@link ee.jobqueue.mongo.MongoStateProvider}, or lets the default one be made from
 * its configuration; it imports nothing else from here. Inside read {@code MongoJobStore} first, then the rooms that it names.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.mongo;

import org.jspecify.annotations.NullMarked;
