package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.StagedJobProcessor;
import ee.jobqueue.sample.payment.PaymentProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Staged: the provider is called outside any transaction; a repeated refund gives nothing back twice. */
@ApplicationScoped
class RefundCardProcessor implements StagedJobProcessor<RefundCard, OrderResult> {

    @Inject
    @RestClient
    private PaymentProvider provider;

    @Override
    public Outcome<? extends OrderResult> execute(RefundCard input, StagedAttempt attempt) {
        provider.refund(input.paymentKey());
        return Outcome.continueWith(new CancelOrder(input.orderId(), input.reason()));
    }
}
