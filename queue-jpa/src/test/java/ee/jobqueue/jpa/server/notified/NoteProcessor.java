package ee.jobqueue.jpa.server.notified;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import jakarta.enterprise.context.ApplicationScoped;

/** The processor of {@link Note}. */
@ApplicationScoped
public class NoteProcessor implements JobProcessor<Note, String> {

    @Override
    public Outcome<? extends String> execute(Note input, Attempt attempt) {
        return Outcome.complete(input.text());
    }
}
