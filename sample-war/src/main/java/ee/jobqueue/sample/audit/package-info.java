/**
 * Checks the books of the whole sample against each other: orders, chains, stock, payments and invoices.
 *
 * <p>Read {@link ee.jobqueue.sample.audit.AuditReport} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.sample.audit;

import org.jspecify.annotations.NullMarked;
