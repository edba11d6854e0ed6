package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.Chain;
import ee.jobqueue.ChainId;
import ee.jobqueue.JobQueue;
import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.StagedJobProcessor;
import ee.jobqueue.StartOptions;
import ee.jobqueue.sample.order.CustomerOrder;
import ee.jobqueue.sample.order.Orders;
import ee.jobqueue.sample.payment.ChargeRequest;
import ee.jobqueue.sample.payment.PaymentDeclinedException;
import ee.jobqueue.sample.payment.PaymentProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Staged: the provider is called outside any transaction, under a key that is the same in every attempt. An answer that
 * was lost is asked for again and charges nothing twice.
 */
@ApplicationScoped
class ChargeCardProcessor implements StagedJobProcessor<ChargeCard, OrderResult> {

    /** After so many failures the order is given up; the queue's own limit would leave it to an operator. */
    private static final int MAX_FAILURES = 8;

    @Inject
    @RestClient
    private PaymentProvider provider;

    @Inject
    private Orders orders;

    @Inject
    private JobQueue queue;

    @Override
    public Outcome<? extends OrderResult> execute(ChargeCard input, StagedAttempt attempt) {
        String paymentKey = attempt.idempotencyKey();
        if (attempt.job().failures() >= MAX_FAILURES) {
            return Outcome.inTransaction(() -> giveUp(input, paymentKey));
        }
        try {
            provider.charge(paymentKey, new ChargeRequest(input.orderId(), input.amount()));
        } catch (PaymentDeclinedException e) {
            return Outcome.inTransaction(() -> decline(input));
        }
        ChainId chain = attempt.job().chainId();
        return Outcome.inTransaction(() -> pay(input, paymentKey, chain));
    }

    private Outcome<OrderResult> pay(ChargeCard input, String paymentKey, ChainId fulfilment) {
        CustomerOrder order = orders.get(input.orderId());
        Chain<PaymentConfirmation> confirmation = queue.start(new ConfirmPayment(paymentKey));
        Chain<Void> invoice = queue.start(
                new SendInvoice(order.id()),
                StartOptions.NONE.blockedBy(fulfilment).blockedBy(confirmation.id()));
        order.pay(invoice.id().value());
        orders.save(order);
        return Outcome.continueWith(new ShipOrder(order.id(), paymentKey));
    }

    private Outcome<OrderResult> decline(ChargeCard input) {
        cancel(input.orderId());
        return Outcome.continueWith(new CancelOrder(input.orderId(), "payment declined"));
    }

    /** Nobody knows whether the card was charged: the refund settles that, too. */
    private Outcome<OrderResult> giveUp(ChargeCard input, String paymentKey) {
        cancel(input.orderId());
        return Outcome.continueWith(new RefundCard(input.orderId(), paymentKey, "payment not possible"));
    }

    private void cancel(long orderId) {
        CustomerOrder order = orders.get(orderId);
        order.cancel();
        orders.save(order);
    }
}
