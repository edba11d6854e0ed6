/**
 * The queue on MongoDB in a real Open Liberty: deployment, transactions with the application's own documents and beside an
 * SQL database, a primary that steps down in the middle of work. Read {@code JoinedTransactionIT} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.mongo.server;

import org.jspecify.annotations.NullMarked;
