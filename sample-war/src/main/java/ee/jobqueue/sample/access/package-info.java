/**
 * Who may do what in the shop: who calls is asked by the server, what a caller may do is written at each method of the
 * REST API.
 *
 * <p>Read {@link ee.jobqueue.sample.access.ShopAccounts} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.sample.access;

import org.jspecify.annotations.NullMarked;
