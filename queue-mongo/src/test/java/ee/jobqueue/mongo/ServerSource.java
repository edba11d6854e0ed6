package ee.jobqueue.mongo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Where the servers of the tests come from: the first of these that is there. */
sealed interface ServerSource {

    /** The environment variable with the URI of a replica set that runs already. */
    String ADDRESS = "JOBQUEUE_TEST_MONGODB_URL";

    /** The environment variable with the URI of a standalone server that runs already. */
    String STANDALONE_ADDRESS = "JOBQUEUE_TEST_MONGODB_STANDALONE_URL";

    /** The environment variable with the path of a {@code mongod}. */
    String BINARY = "JOBQUEUE_TEST_MONGOD";

    /** The environment variable with the image to be used where Docker answers; {@code mongo:8} when it is not set. */
    String IMAGE = "JOBQUEUE_TEST_MONGODB_IMAGE";

    /** The environment variable that, set to {@code 7} or {@code 8}, allows the download of a {@code mongod}. */
    String DOWNLOAD = "JOBQUEUE_TEST_MONGODB_DOWNLOAD";

    /**
     * Starts a server.
     *
     * @param replicaSet whether as a replica set, else standalone
     * @throws TestAbortedException when there is none of this kind
     */
    RunningServer start(boolean replicaSet);

    /** What the server is called in the report, given the version that it tells. */
    default String product(String version) {
        return "MongoDB " + version;
    }

    /** Servers that run already; either may be missing. */
    record Address(@Nullable String replicaSet, @Nullable String standalone) implements ServerSource {

        @Override
        public RunningServer start(boolean asReplicaSet) {
            String uri = asReplicaSet ? replicaSet : standalone;
            if (uri == null) {
                throw new TestAbortedException("NOT RUN: the environment names no "
                        + (asReplicaSet ? "replica set, " + ADDRESS : "standalone server, " + STANDALONE_ADDRESS));
            }
            return () -> uri;
        }

        @Override
        public String product(String version) {
            return "server given by address, which says " + version;
        }
    }

    /** A {@code mongod} of this machine. */
    record Binary(Path mongod) implements ServerSource {

        @Override
        public RunningServer start(boolean replicaSet) {
            return new ProcessServer(new MongodProgram(mongod, replicaSet));
        }
    }

    /** Docker. */
    record Container(String image) implements ServerSource {

        @Override
        public RunningServer start(boolean replicaSet) {
            return ContainerServer.start(image, replicaSet);
        }
    }

    /** A {@code mongod} of this major version from where MongoDB keeps them, by flapdoodle. */
    record Download(String version) implements ServerSource {

        @Override
        public RunningServer start(boolean replicaSet) {
            return new ProcessServer(new MongodProgram(DownloadedMongod.path(version), replicaSet));
        }
    }

    /** SecantusDB, built from crates.io by {@link SecantusBuild}. */
    record Secantus(Path binary) implements ServerSource {

        @Override
        public RunningServer start(boolean replicaSet) {
            if (!Files.isExecutable(binary)) {
                throw new TestAbortedException(
                        "NOT RUN: no MongoDB server was found, and SecantusDB is not at " + binary);
            }
            return new ProcessServer(new SecantusProgram(binary, replicaSet));
        }

        @Override
        public String product(String version) {
            return "SecantusDB " + SecantusBuild.VERSION;
        }
    }

    /** The source for this machine and environment. */
    static ServerSource choose(UnaryOperator<@Nullable String> environment, BooleanSupplier docker) {
        String replicaSet = environment.apply(ADDRESS);
        String standalone = environment.apply(STANDALONE_ADDRESS);
        if (replicaSet != null || standalone != null) {
            return new Address(replicaSet, standalone);
        }
        String binary = environment.apply(BINARY);
        if (binary != null) {
            return new Binary(Path.of(binary));
        }
        Optional<Path> found = onPath("mongod", environment);
        if (found.isPresent()) {
            return new Binary(found.get());
        }
        if (docker.getAsBoolean()) {
            String image = environment.apply(IMAGE);
            return new Container(image == null ? "mongo:8" : image);
        }
        String version = environment.apply(DOWNLOAD);
        return version == null ? new Secantus(SecantusBuild.binary(environment)) : new Download(version);
    }

    /** An executable of this name in the folders where a shell would look. */
    static Optional<Path> onPath(String name, UnaryOperator<@Nullable String> environment) {
        String path = environment.apply("PATH");
        return path == null
                ? Optional.empty()
                : Stream.of(path.split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .findFirst();
    }
}
