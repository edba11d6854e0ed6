package ee.jobqueue.jpa;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A suite of Debian, from which packages are unpacked into a folder by this machine's {@code apt-get} and {@code dpkg-deb}: from
 * where the machine has its own packages, and checked by the same keys. Nothing of the machine is changed, and root is not
 * needed.
 */
final class DebianPackages {

    private static final Path KEYS = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

    /** Packages of others may come from elsewhere. */
    private static final Pattern SOURCE = Pattern.compile("^'(\\S+/debian)/+dists/", Pattern.MULTILINE);

    private static final Pattern NEEDED = Pattern.compile("^Inst (\\S+)", Pattern.MULTILINE);

    /** A server needs libraries; what else its package depends on is for those who administrate it. */
    private static final Pattern LIBRARY = Pattern.compile("(?!libperl)(?:lib|zlib).*");

    private final Path state;
    private final Path log;

    /**
     * A suite.
     *
     * @param state an empty folder for what {@code apt-get} keeps
     * @param log the file that gets all that the programs print
     */
    DebianPackages(Path state, String suite, Path log) throws IOException, InterruptedException {
        this.state = state;
        this.log = log;
        Files.createDirectories(state.resolve("lists/partial"));
        Files.createDirectories(state.resolve("archives/partial"));
        Files.createFile(state.resolve("status"));
        Files.writeString(
                state.resolve("sources.list"), "deb [signed-by=%s] %s %s main%n".formatted(keys(), ownSource(), suite));
        apt("update");
    }

    private static Path keys() throws IOException {
        if (!Files.isReadable(KEYS)) {
            throw new IOException("this machine has no packages of Debian: there is no " + KEYS);
        }
        return KEYS;
    }

    private String ownSource() throws IOException, InterruptedException {
        Matcher source = SOURCE.matcher(Tool.output(List.of("apt-get", "--print-uris", "update"), state, log));
        if (!source.find()) {
            throw new IOException("this machine has no source of Debian's packages");
        }
        return source.group(1);
    }

    /** Unpacks a package and the libraries that it needs. */
    void unpack(String name, Path folder) throws IOException, InterruptedException {
        List<String> download = new ArrayList<>(List.of("download", name));
        NEEDED.matcher(Tool.output(command("install", "--simulate", "--no-install-recommends", name), state, log))
                .results()
                .map(needed -> needed.group(1))
                .filter(needed -> LIBRARY.matcher(needed).matches())
                .forEach(download::add);
        apt(download.toArray(String[]::new));
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(state, "*.deb")) {
            for (Path each : packages) {
                Tool.run(List.of("dpkg-deb", "--extract", each.toString(), folder.toString()), state, null, log);
            }
        }
    }

    private void apt(String... arguments) throws IOException, InterruptedException {
        Tool.run(command(arguments), state, null, log);
    }

    /** Without the machine's own sources, preferences, lists and installed packages, but with its proxies. */
    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("apt-get"));
        for (String option : List.of(
                "Dir::State=" + state,
                "Dir::State::Lists=" + state.resolve("lists"),
                "Dir::State::Status=" + state.resolve("status"),
                "Dir::Cache=" + state,
                "Dir::Etc::SourceList=" + state.resolve("sources.list"),
                "Dir::Etc::SourceParts=-",
                "Dir::Etc::Preferences=-",
                "Dir::Etc::PreferencesParts=-",
                "APT::Sandbox::User=" + System.getProperty("user.name"),
                "Acquire::Languages=none",
                "Acquire::http::Timeout=60")) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(List.of(arguments));
        return command;
    }
}
