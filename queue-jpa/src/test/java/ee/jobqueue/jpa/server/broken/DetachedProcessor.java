package ee.jobqueue.jpa.server.broken;

import ee.jobqueue.Attempt;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** A processor of {@link Lonely} whose writes would not commit with its outcome. */
@ApplicationScoped
public class DetachedProcessor implements JobProcessor<Lonely, String> {

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Outcome<? extends String> execute(Lonely input, Attempt attempt) {
        return Outcome.complete(input.name());
    }
}
