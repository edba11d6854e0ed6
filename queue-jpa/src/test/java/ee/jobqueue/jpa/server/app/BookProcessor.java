package ee.jobqueue.jpa.server.app;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Atomic: the row and the continuation commit together. */
@ApplicationScoped
public class BookProcessor implements JobProcessor<Book, String> {

    @Inject
    private Ledger ledger;

    @Override
    public Outcome<? extends String> execute(Book input, Attempt attempt) {
        ledger.add(input.name(), "booked");
        if (input.failFirst() && attempt.number() == 1) {
            throw new IllegalStateException("after the write");
        }
        return Outcome.continueWith(new Confirm(input.name()));
    }
}
