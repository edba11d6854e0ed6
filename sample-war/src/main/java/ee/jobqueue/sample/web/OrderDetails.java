package ee.jobqueue.sample.web;

import java.util.List;

/**
 * An order and what the queue does for it. Immutable.
 *
 * @param order the order
 * @param chains the chain that fulfils it; once it is paid, also the one that sends the invoice and the one that confirms
 *     the payment
 * @since 0.1
 */
public record OrderDetails(OrderView order, List<ChainView> chains) {}
