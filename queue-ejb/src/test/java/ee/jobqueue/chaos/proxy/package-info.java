/**
 * A network between a process and its database that loses, delays and cuts, and knows a commit when it sees one. Read
 * {@link ee.jobqueue.chaos.proxy.Proxy} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.chaos.proxy;

import org.jspecify.annotations.NullMarked;
