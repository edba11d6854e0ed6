package ee.jobqueue.chaos;

import java.util.random.RandomGenerator;

/**
 * Somebody who disturbs servers and their database. Its class is called after what it does.
 *
 * @since 0.1
 */
public interface Nemesis {

    /**
     * Disturbs them for a while; says before whom it touches ({@link ChaosCluster#touch}). The round mends what it
     * leaves disturbed of networks, database and processes.
     *
     * @param cluster the servers
     * @param random decides what is left open
     * @throws Exception when it could not do what it wanted; then the round tells nothing
     */
    void strike(ChaosCluster cluster, RandomGenerator random) throws Exception;

    /**
     * What it is called in the report.
     *
     * @return a part of a sentence
     */
    String deed();
}
