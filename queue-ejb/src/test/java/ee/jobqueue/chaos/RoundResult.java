package ee.jobqueue.chaos;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a round has given.
 *
 * @param database the database's name
 * @param nemesis what the nemesis did
 * @param seed the seed of the round
 * @param chains how many chains were started
 * @param attempts how many attempts began
 * @param attemptsLost how many of them came to nothing, of servers that were disturbed
 * @param leasesLost how many leases were lost, of servers that were disturbed
 * @param excused what was lost since the machine had other things to do
 * @param violations what must not be
 * @since 0.1
 */
public record RoundResult(
        String database,
        String nemesis,
        long seed,
        long chains,
        long attempts,
        long attemptsLost,
        long leasesLost,
        List<String> excused,
        List<Violation> violations) {

    /**
     * Throws when there is a violation.
     *
     * @throws AssertionError with the first violations and what led to them
     */
    public void requireNoViolation() {
        if (!violations.isEmpty()) {
            throw new AssertionError(
                    this + "\n" + violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
        }
    }

    @Override
    public String toString() {
        return "%s, %s, seed %d: %d chains, %d attempts, %d lost, %d leases lost, %d excused, %d violations"
                .formatted(
                        database,
                        nemesis,
                        seed,
                        chains,
                        attempts,
                        attemptsLost,
                        leasesLost,
                        excused.size(),
                        violations.size());
    }
}
