package ee.jobqueue.mongo;

import de.flapdoodle.embed.mongo.distribution.Version;
import de.flapdoodle.embed.mongo.transitions.Mongod;
import de.flapdoodle.embed.process.archives.ExtractedFileSet;
import de.flapdoodle.reverse.StateID;
import de.flapdoodle.reverse.TransitionWalker.ReachedState;
import java.nio.file.Path;

/** A {@code mongod} that flapdoodle downloads and unpacks into its folder in the user's home. */
final class DownloadedMongod {

    private DownloadedMongod() {}

    /**
     * Downloads it when it is not there.
     *
     * @param version its major version
     */
    static Path path(String version) {
        Version.Main main = switch (version) {
            case "7" -> Version.Main.V7_0;
            case "8" -> Version.Main.V8_0;
            default -> throw new IllegalArgumentException(ServerSource.DOWNLOAD + " is '" + version + "': give 7 or 8");
        };
        try (ReachedState<ExtractedFileSet> files =
                Mongod.instance().transitions(main).walker().initState(StateID.of(ExtractedFileSet.class))) {
            return files.current().executable();
        }
    }
}
