package ee.jobqueue.jpa.server.broken;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import jakarta.enterprise.context.ApplicationScoped;

/** The processor of {@link Opening}. */
@ApplicationScoped
public class OpeningProcessor implements JobProcessor<Opening, String> {

    @Override
    public Outcome<? extends String> execute(Opening input, Attempt attempt) {
        return Outcome.continueWith(new Lonely(input.name()));
    }
}
