package ee.jobqueue.jpa.server.broken;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import jakarta.enterprise.context.ApplicationScoped;

/** Another processor of {@link Lonely}. */
@ApplicationScoped
public class SecondLonelyProcessor implements JobProcessor<Lonely, String> {

    @Override
    public Outcome<? extends String> execute(Lonely input, Attempt attempt) {
        return Outcome.complete(input.name());
    }
}
