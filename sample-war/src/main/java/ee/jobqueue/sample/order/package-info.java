/**
 * Orders and stock: the application's own records. Knows nothing of the queue.
 *
 * <p>Read {@link ee.jobqueue.sample.order.CustomerOrder} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.sample.order;

import org.jspecify.annotations.NullMarked;
