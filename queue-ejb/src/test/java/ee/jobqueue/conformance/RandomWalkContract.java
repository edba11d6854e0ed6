package ee.jobqueue.conformance;

import org.junit.jupiter.api.Test;

/**
 * Long sequences of all verbs, compared with the in-memory store. The seed is fixed, so that a build does not fail by
 * chance; longer walks and other seeds are asked for by system properties.
 *
 * @since 0.1
 */
public interface RandomWalkContract extends StoreFixture {

    /** The system property of the seed. */
    String SEED = "jobqueue.walk.seed";

    /** The system property of the number of steps. */
    String STEPS = "jobqueue.walk.steps";

    @Test
    default void aRandomWalkLeadsWhereTheModelLeads() {
        new RandomWalk(Long.getLong(SEED, 20_261_104L), harness()).walk(Integer.getInteger(STEPS, 500));
    }
}
