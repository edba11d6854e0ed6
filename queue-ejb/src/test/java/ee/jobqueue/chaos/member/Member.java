package ee.jobqueue.chaos.member;

import ee.jobqueue.chaos.history.HistoryFile;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.conformance.TestServer;
import ee.jobqueue.spi.JobStore;
import ee.jobqueue.spi.Transactions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

/**
 * One server: runs jobs until it is told to stop, by SIGTERM or by the end of its input, and so never outlives the
 * test. Does what the lines of its input say.
 *
 * @since 0.1
 */
public final class Member {

    /** Starts chains whose keys begin as the round is called, and writes the history in its folder. */
    public static final String BEGIN = "begin";

    /** Starts no more chains. */
    public static final String PAUSE = "pause";

    /** Takes all connections for so many milliseconds. */
    public static final String OCCUPY = "occupy";

    /** A stop that takes longer does not end. */
    private static final Duration LONGEST_STOP = ChaosSettings.DRAIN.plusSeconds(40);

    private final String who;
    private final HistoryFile history;
    private final Business business;
    private final TestServer server;
    private final Caller caller;

    private Member(
            String who,
            HistoryFile history,
            JobStore store,
            Transactions transactions,
            Business business,
            Runnable beat) {
        this.who = who;
        this.history = history;
        this.business = business;
        this.server = new Processors(who, business, history)
                .addTo(new TestServer(WatchedStore.watch(store, history), transactions))
                .named(who)
                .concurrency(ChaosSettings.CONCURRENCY)
                .lease(ChaosSettings.LEASE)
                .renewInterval(ChaosSettings.RENEW_INTERVAL)
                .drain(ChaosSettings.DRAIN)
                .pollInterval(Duration.ofMillis(200))
                .backoff(Duration.ofMillis(100))
                .maxAttempts(ChaosSettings.LIMITS.byDefault())
                .maxAttempts(ChaosSettings.LIMITS.byType())
                .tells(new HistoryOfEngine(history));
        new Pulse(history, beat); // as long as the process
        server.start();
        this.caller = new Caller(server.queue(), transactions, business, history, who);
    }

    /**
     * Runs a server in this process; returns when its input is at its end.
     *
     * @param who its name
     * @param folder where it writes the history
     * @param store its store
     * @param transactions the transactions of the store and the business
     * @param business what an application writes
     * @param beat asks the database for nothing, on a connection of its own
     * @throws IOException when the input cannot be read
     */
    public static void run(
            String who, Path folder, JobStore store, Transactions transactions, Business business, Runnable beat)
            throws IOException {
        HistoryFile history = new HistoryFile(folder, who);
        Logger logger = Logger.getLogger("ee.jobqueue"); // held, or its handler is forgotten
        logger.addHandler(new HistoryOfLog(history));
        Member member = new Member(who, history, store, transactions, business, beat);
        Runtime.getRuntime().addShutdownHook(new Thread(member::stop, "stop"));
        history.add(What.UP);
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            input.lines().forEach(member::obey);
        }
        System.exit(0);
    }

    private void obey(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case BEGIN -> {
                history.continueIn(Path.of(words[2]));
                caller.begin(words[1]);
            }
            case PAUSE -> caller.pause();
            case OCCUPY -> {
                Thread thread = new Thread(
                        () -> business.occupyConnections(Duration.ofMillis(Long.parseLong(words[1]))), "occupier");
                thread.setDaemon(true);
                thread.start();
            }
            default -> throw new IllegalArgumentException(who + " does not know how to " + line);
        }
    }

    private void stop() {
        Thread limit = new Thread(Member::halt, "limit of the stop");
        limit.setDaemon(true);
        limit.start();
        history.add(What.STOPPING);
        server.close();
        history.add(What.STOPPED);
    }

    private static void halt() {
        long end = System.nanoTime() + LONGEST_STOP.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        Runtime.getRuntime().halt(1);
    }
}
