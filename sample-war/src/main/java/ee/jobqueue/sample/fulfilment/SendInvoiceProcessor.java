package ee.jobqueue.sample.fulfilment;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Atomic: reads what the two chains yielded that it waited for, and writes the invoice. */
@ApplicationScoped
class SendInvoiceProcessor implements JobProcessor<SendInvoice, Void> {

    @Inject
    private Correspondence correspondence;

    @Override
    public Outcome<Void> execute(SendInvoice input, Attempt attempt) {
        OrderResult result = attempt.blockerOutput(0, ReserveStock.class);
        PaymentConfirmation payment = attempt.blockerOutput(1, ConfirmPayment.class);
        if (result instanceof OrderResult.Shipped shipped) {
            correspondence.send(new Invoice(input.orderId(), shipped.trackingId(), payment));
        }
        return Outcome.complete();
    }
}
