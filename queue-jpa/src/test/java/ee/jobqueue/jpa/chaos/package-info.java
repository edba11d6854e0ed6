/**
 * Chaos on SQL: what {@link ee.jobqueue.chaos} needs of a database, and the rounds. Read {@link
 * ee.jobqueue.jpa.chaos.SqlChaosDatabase} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.jpa.chaos;

import org.jspecify.annotations.NullMarked;
