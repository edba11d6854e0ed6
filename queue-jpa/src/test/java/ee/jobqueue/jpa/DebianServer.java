package ee.jobqueue.jpa;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The servers that the tests take from Debian, each from the suite that has its version: a program in the user's cache folder
 * with all libraries that it is linked against, so that it runs whichever suite the machine has. {@link DebianServerFetch} puts
 * them there.
 */
enum DebianServer {
    /** The newest there is. */
    MYSQL("MySQL", "mysql-server-core", "sid", "mysqld") {
        @Override
        void initialize(Path folder, Path data, Path log) throws IOException, InterruptedException {
            List<String> initialize = new ArrayList<>(program(folder));
            initialize.addAll(List.of("--initialize-insecure", "--datadir=" + data));
            Tool.run(initialize, folder, null, log);
        }

        @Override
        List<String> more() {
            return List.of("--mysqlx=OFF", "--secure-file-priv=NULL", "--disable-log-bin");
        }
    },

    MARIADB_10_11("MariaDB 10.11", "mariadb-server-core", "bookworm", "mariadbd"),

    MARIADB_11_8("MariaDB 11.8", "mariadb-server-core", "trixie", "mariadbd");

    private static final Pattern LOADER = Pattern.compile("ld-linux-.*\\.so\\.\\d+");
    private static final Pattern LIBRARIES = Pattern.compile(".*-linux-gnu");

    /** The scripts that make the tables of a MariaDB server itself, in order, by the ends of their names. */
    private static final List<String> SCRIPTS =
            List.of("_system_tables.sql", "_system_tables_data.sql", "_performance_tables.sql");

    private final String title;
    private final String packageName;
    private final String suite;
    private final String executable;
    private @Nullable DebianServerProcess shared;

    DebianServer(String title, String packageName, String suite, String executable) {
        this.title = title;
        this.packageName = packageName;
        this.suite = suite;
        this.executable = executable;
    }

    String title() {
        return title;
    }

    String packageName() {
        return packageName;
    }

    String suite() {
        return suite;
    }

    /** Where the server is, or will be when it is fetched. */
    Path folder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path root =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return root.resolve("jobqueue").resolve(packageName + "-" + suite);
    }

    /** The data of a new server, of which each process takes a copy: to make it takes longer than all else. */
    static Path initialData(Path folder) {
        return folder.resolve("initial-data");
    }

    boolean isFetched() {
        return Files.isDirectory(initialData(folder()));
    }

    /** The address of a server that runs already, from the environment, as {@link MariaDbServer#ADDRESS}. */
    @Nullable String givenAddress() {
        return System.getenv("JOBQUEUE_TEST_" + name() + "_URL");
    }

    /** Why the tests that need it do not run; {@code null} where it can be had. */
    @Nullable String missing() {
        return givenAddress() != null || isFetched() ? null : "NOT RUN: " + title + " is not in " + folder();
    }

    /**
     * The address of a database on the server that all tests of this JVM share, which is started when it is first asked for.
     *
     * @param database the database; empty for none
     * @throws TestAbortedException where there is no server
     */
    String url(String database) {
        String missing = missing();
        if (missing != null) {
            throw new TestAbortedException(missing);
        }
        String given = givenAddress();
        return MariaDbServer.url(given == null ? shared().address() : given, database);
    }

    private synchronized DebianServerProcess shared() {
        DebianServerProcess running = shared;
        if (running == null) {
            running = DebianServerProcess.start(this);
            shared = running;
        }
        return running;
    }

    /** Makes the data of a new server, whose user {@code root} has no password. */
    void initialize(Path folder, Path data, Path log) throws IOException, InterruptedException {
        Path scripts = texts(folder);
        Path all = folder.resolve("bootstrap.sql");
        StringBuilder text = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
        for (String script : SCRIPTS) {
            text.append(Files.readString(
                    find(scripts, path -> path.getFileName().toString().endsWith(script))));
        }
        Files.writeString(all, text);
        Files.createDirectory(data);
        List<String> bootstrap = new ArrayList<>(program(folder));
        bootstrap.addAll(List.of("--bootstrap", "--datadir=" + data));
        Tool.run(bootstrap, folder, all, log);
    }

    /** How a server is started. */
    List<String> command(Path data, int port) {
        List<String> command = new ArrayList<>(program(folder()));
        command.addAll(List.of(
                "--datadir=" + data,
                "--socket=server.sock",
                "--pid-file=server.pid",
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--max-connections=400"));
        command.addAll(more());
        return command;
    }

    /** Options of this one alone. */
    List<String> more() {
        return List.of("--character-set-server=utf8mb4");
    }

    /** With its own libraries and none of the machine's. As root the server wants to be told that this is meant. */
    List<String> program(Path folder) {
        Path loader = find(
                folder, path -> LOADER.matcher(path.getFileName().toString()).matches());
        Path program = find(folder, path -> path.endsWith(Path.of("sbin", executable)));
        Path texts = texts(folder);
        List<String> command = new ArrayList<>(List.of(
                loader.toString(),
                "--library-path",
                String.join(":", libraries(folder)),
                program.toString(),
                "--no-defaults",
                "--basedir=" + folder.resolve("usr"),
                "--lc-messages-dir=" + texts,
                "--character-sets-dir=" + texts.resolve("charsets"),
                "--plugin-dir=" + folder.resolve(Path.of("usr", "lib", "mysql", "plugin"))));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        return command;
    }

    private static Path texts(Path folder) {
        return find(folder, path -> path.endsWith("charsets")).getParent();
    }

    private static List<String> libraries(Path folder) {
        try (Stream<Path> found = Files.walk(folder, 3)) {
            return found.filter(path ->
                            LIBRARIES.matcher(path.getFileName().toString()).matches())
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    private static Path find(Path folder, Predicate<Path> isMeant) {
        try (Stream<Path> found = Files.walk(folder, 5)) {
            return found.filter(isMeant)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("not all of the server is in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}
