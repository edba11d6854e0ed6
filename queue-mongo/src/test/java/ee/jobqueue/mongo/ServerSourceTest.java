package ee.jobqueue.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class ServerSourceTest {

    private static final BooleanSupplier DOCKER = () -> true;
    private static final BooleanSupplier NO_DOCKER = () -> false;

    @TempDir
    private Path folder;

    /** All that could be said, of which each test takes the first away. */
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void whatIsNearestToTheUsersIntentionGoesFirst() throws IOException {
        Path onPath = executable("mongod");
        environment.put(ServerSource.ADDRESS, "mongodb://one");
        environment.put(ServerSource.BINARY, "/opt/mongod");
        environment.put("PATH", "/nowhere:" + folder);
        environment.put(ServerSource.DOWNLOAD, "8");
        environment.put("XDG_CACHE_HOME", folder.toString());

        assertThat(choose(DOCKER)).isEqualTo(new ServerSource.Address("mongodb://one", null));
        environment.remove(ServerSource.ADDRESS);
        assertThat(choose(DOCKER)).isEqualTo(new ServerSource.Binary(Path.of("/opt/mongod")));
        environment.remove(ServerSource.BINARY);
        assertThat(choose(DOCKER)).isEqualTo(new ServerSource.Binary(onPath));
        environment.remove("PATH");
        assertThat(choose(DOCKER)).isEqualTo(new ServerSource.Container("mongo:8"));
        assertThat(choose(NO_DOCKER)).isEqualTo(new ServerSource.Download("8"));
        environment.remove(ServerSource.DOWNLOAD);
        assertThat(choose(NO_DOCKER))
                .isEqualTo(new ServerSource.Secantus(
                        folder.resolve("jobqueue/secantus-mdb-" + SecantusBuild.VERSION + "/bin/secantusd-rs")));
    }

    @Test
    void whereNoServerCanBeHadTheTestSaysSo() {
        environment.put("XDG_CACHE_HOME", folder.toString());

        ServerSource source = choose(NO_DOCKER);

        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> source.start(true))
                .withMessageContaining("NOT RUN")
                .withMessageContaining(folder.toString());
    }

    @Test
    void anAddressOfAReplicaSetIsNoStandaloneServer() {
        environment.put(ServerSource.ADDRESS, "mongodb://one");

        ServerSource source = choose(NO_DOCKER);

        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> source.start(false))
                .withMessageContaining(ServerSource.STANDALONE_ADDRESS);
    }

    private ServerSource choose(BooleanSupplier docker) {
        return ServerSource.choose(environment::get, docker);
    }

    private Path executable(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
