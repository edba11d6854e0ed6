package ee.jobqueue.mongo.server.app;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Atomic: the document and the continuation commit together. */
@ApplicationScoped
public class BookProcessor implements JobProcessor<Book, String> {

    @Inject
    private Ledger ledger;

    @Override
    public Outcome<? extends String> execute(Book input, Attempt attempt) {
        ledger.add(input.name(), "booked");
        if (attempt.number() == 1) {
            switch (input.first()) {
                case FAILS -> throw new IllegalStateException("after the write");
                case IS_REFUSED -> FailPoint.REFUSED_COMMIT.set();
                case SUCCEEDS -> {}
            }
        }
        return Outcome.continueWith(new Confirm(input.name()));
    }
}
