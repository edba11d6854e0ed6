/**
 * The store on MongoDB. It is not there yet: an application that deploys this module is told so and does not start.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.mongo;

import org.jspecify.annotations.NullMarked;
