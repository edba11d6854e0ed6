/**
 * The job store on SQL: H2, MariaDB, PostgreSQL and SQLite, through the application's own data source, so that a job commits with the
 * application's rows.
 *
 * <p>Read {@link ee.jobqueue.jpa.JpaJobStore} first: it opens the rooms, one for each kind of verb. Every statement is
 * in {@link ee.jobqueue.jpa.Statements}, what differs between databases behind {@link ee.jobqueue.jpa.Dialect}. An
 * application imports nothing from here; CDI finds {@link ee.jobqueue.jpa.JpaJobStoreProducer}.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.jpa;

import org.jspecify.annotations.NullMarked;
