/**
 * Who disturbs the servers and their database, a class each. Read {@link ee.jobqueue.chaos.nemesis.Nemeses} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
