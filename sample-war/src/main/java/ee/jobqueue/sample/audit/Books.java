package ee.jobqueue.sample.audit;

import java.util.Set;

/**
 * The shop's books, compared with each other; what each number means is in {@link AuditReport}. Reads in the caller's
 * transaction. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Books {

    /**
     * The chains that fulfil orders.
     *
     * @return the ids of the chains of all orders
     */
    Set<String> chainsOfOrders();

    /**
     * Compares all books but the queue's.
     *
     * @return what was found
     */
    Findings compare();

    /**
     * What the books say of each other.
     *
     * @param orders how many orders there are
     * @param invoices how many invoices there are
     * @param moving orders that are neither shipped nor refused and wait for nobody
     * @param shippedWithoutInvoice shipped orders that have no invoice
     * @param invoicesWithoutShipment invoices of orders that were not shipped
     * @param chargesWithoutShipment payments that were kept though their order was not shipped
     * @param doubleCharges payments beyond the first that were kept for one order
     * @param stockDifference what left the warehouse without an order, or was shipped without leaving it
     * @param reservedDifference what is set aside without an order, or ordered without being set aside
     * @since 0.1
     */
    record Findings(
            long orders,
            long invoices,
            long moving,
            long shippedWithoutInvoice,
            long invoicesWithoutShipment,
            long chargesWithoutShipment,
            long doubleCharges,
            long stockDifference,
            long reservedDifference) {}
}
