/**
 * The queue in a real Open Liberty: deployment, transactions with the application's own table, stop and start in the
 * middle of work. Read {@code JoinedTransactionIT} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.jpa.server;

import org.jspecify.annotations.NullMarked;
