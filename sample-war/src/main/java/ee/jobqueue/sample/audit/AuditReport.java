package ee.jobqueue.sample.audit;

/**
 * Whether the books agree. Every number but the first three is zero when nothing was lost and nothing done twice, and is
 * meant for a time when nothing moves. Immutable.
 *
 * @param orders how many orders there are
 * @param chains how many chains fulfil orders, as the queue counts them
 * @param invoices how many invoices there are
 * @param ordersWithoutChain orders whose chain the queue does not have
 * @param chainsWithoutOrder chains that fulfil no order
 * @param moving orders that are neither shipped nor refused and wait for nobody
 * @param shippedWithoutInvoice shipped orders that have no invoice
 * @param invoicesWithoutShipment invoices of orders that were not shipped
 * @param chargesWithoutShipment payments that were kept though their order was not shipped
 * @param doubleCharges payments beyond the first that were kept for one order
 * @param stockDifference what left the warehouse without an order, or was shipped without leaving it
 * @param reservedDifference what is set aside without an order, or ordered without being set aside
 * @since 0.1
 */
public record AuditReport(
        long orders,
        long chains,
        long invoices,
        long ordersWithoutChain,
        long chainsWithoutOrder,
        long moving,
        long shippedWithoutInvoice,
        long invoicesWithoutShipment,
        long chargesWithoutShipment,
        long doubleCharges,
        long stockDifference,
        long reservedDifference) {}
