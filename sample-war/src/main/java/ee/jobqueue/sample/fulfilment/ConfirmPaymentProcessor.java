package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.StagedJobProcessor;
import ee.jobqueue.sample.payment.PaymentProvider;
import ee.jobqueue.sample.payment.PaymentStatus;
import ee.jobqueue.sample.payment.PaymentView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Staged: asks the provider and, while the bank has not answered, comes back later; that is no failure. */
@ApplicationScoped
class ConfirmPaymentProcessor implements StagedJobProcessor<ConfirmPayment, PaymentConfirmation> {

    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(2);

    @Inject
    @RestClient
    private PaymentProvider provider;

    @Override
    public Outcome<? extends PaymentConfirmation> execute(ConfirmPayment input, StagedAttempt attempt) {
        PaymentView payment = provider.find(input.paymentKey());
        // A refunded payment is settled as well: nothing more will happen to it.
        return payment.status() == PaymentStatus.CHARGED
                ? Outcome.rescheduleAfter(ASK_AGAIN_AFTER)
                : Outcome.complete(new PaymentConfirmation(payment.key(), payment.amount()));
    }
}
