/**
 * A simulated payment provider, reached over HTTP as a real one would be: slow, sometimes failing, sometimes losing its
 * own answer. Everything but its interface is private to this package.
 *
 * <p>Read {@link ee.jobqueue.sample.payment.PaymentProvider} first.
 *
 * @since 0.1
 */
@NullMarked
package ee.jobqueue.sample.payment;

import org.jspecify.annotations.NullMarked;
