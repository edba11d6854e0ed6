package ee.jobqueue.sample.order;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes orders in the caller's transaction, or in one of its own. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Orders {

    /**
     * Adds an order; it gets its id.
     *
     * @param order a new order
     */
    void add(CustomerOrder order);

    /**
     * Adds many; they get their ids.
     *
     * @param orders new orders
     */
    void addAll(List<CustomerOrder> orders);

    /**
     * Writes what was changed of an order.
     *
     * @param order an order that was added or read in the same transaction
     */
    void save(CustomerOrder order);

    /**
     * Writes what was changed of many, in batches, and forgets them: keeps the memory of a long import flat.
     *
     * @param orders orders that were added or read in the same transaction; not to be used afterwards
     */
    void saveAll(List<CustomerOrder> orders);

    /**
     * Reads an order.
     *
     * @param id its id
     * @return the order
     * @throws OrderNotFoundException when there is none
     */
    CustomerOrder get(long id);

    /**
     * Reads an order again.
     *
     * @param order an order
     * @return the order as it is in the database now
     */
    CustomerOrder refresh(CustomerOrder order);

    /**
     * Lists the orders that moved last.
     *
     * @param status where they stand; empty for all
     * @param limit how many at the most
     * @return the orders, last moved first
     */
    List<CustomerOrder> recent(Optional<OrderStatus> status, int limit);

    /**
     * Counts the orders in one status.
     *
     * @param status the status
     * @return how many orders stand there
     */
    long count(OrderStatus status);

    /**
     * Counts the orders in every status.
     *
     * @return a count for each status, 0 included
     */
    Map<OrderStatus, Long> countByStatus();
}
