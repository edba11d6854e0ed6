package ee.jobqueue.spi;

import java.util.Objects;
import java.util.Set;

/**
 * What a worker tells of itself when it starts.
 *
 * @param name its server's name, for people
 * @param types the names of the types that it runs
 * @param concurrency how many attempts it runs at once
 * @since 0.1
 */
public record NewWorker(String name, Set<String> types, int concurrency) {

    /**
     * Copies the set.
     *
     * @param name its server's name, for people
     * @param types the names of the types that it runs
     * @param concurrency how many attempts it runs at once
     */
    public NewWorker {
        Objects.requireNonNull(name, "name");
        types = Set.copyOf(types);
    }
}
