/**
 * A server of a chaos round, in a process of its own: an engine, a caller, and a file in which it says what it does.
 * Read {@link ee.jobqueue.chaos.member.Member} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.chaos.member;

import org.jspecify.annotations.NullMarked;
