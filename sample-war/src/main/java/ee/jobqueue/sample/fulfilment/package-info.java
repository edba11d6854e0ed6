/**
 * From an order to a shipment: the job types, and the processor of each.
 *
 * <pre>
 * reserve-stock ─┬─────────────────► charge-card ──► ship-order ──► shipped
 *                ├─► await-approval ─┘  │    │           │
 *                │        │             │    └► refund-card
 *                │        └─────────────┴─► cancel-order ◄┘ ──────► refused
 *                └───────────────────────────────────────────────► refused
 * </pre>
 *
 * <p>Paying starts two more chains: {@code confirm-payment}, and {@code send-invoice}, which waits for it and for the
 * order's own chain. A large order starts {@code remind-approver}, one for all that wait.
 *
 * <p>Read {@link ee.jobqueue.sample.fulfilment.ReserveStock} and its processor first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.sample.fulfilment;

import org.jspecify.annotations.NullMarked;
