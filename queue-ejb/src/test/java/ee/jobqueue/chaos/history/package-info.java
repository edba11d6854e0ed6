/**
 * What the processes of a chaos round say that they did, in files that outlive them. Read {@link
 * ee.jobqueue.chaos.history.What} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.chaos.history;

import org.jspecify.annotations.NullMarked;
