/**
 * Chaos: several servers in processes of their own run chains on one database, a {@link ee.jobqueue.chaos.Nemesis}
 * disturbs them, and what they have written down is held against what the database has. Read
 * {@link ee.jobqueue.chaos.Round} first.
 *
 * <p>What depends on a database is behind {@link ee.jobqueue.chaos.ChaosDatabase}, which a store brings.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.chaos;

import org.jspecify.annotations.NullMarked;
