package ee.jobqueue.mongo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** SecantusDB. The name of its replica set is fixed. */
record SecantusProgram(Path binary, boolean isReplicaSet) implements ServerProgram {

    @Override
    public Pattern announcement() {
        return Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
    }

    @Override
    public List<String> command(Path storage, int port) {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--storage-path",
                storage.toString(),
                "--cache-size",
                "512M",
                "--sync-on-commit",
                "--enable-test-commands"));
        if (!isReplicaSet) {
            command.add("--standalone");
        }
        return command;
    }

    @Override
    public int firstPort() {
        return 0;
    }

    @Override
    public String uri(int port) {
        return "mongodb://127.0.0.1:" + port + (isReplicaSet ? "/?replicaSet=secantus" : "/");
    }
}
