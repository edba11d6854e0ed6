package ee.jobqueue.chaos;

import static org.awaitility.Awaitility.await;

import ee.jobqueue.JobQueue;
import ee.jobqueue.chaos.history.Event;
import ee.jobqueue.chaos.history.History;
import ee.jobqueue.chaos.history.HistoryFile;
import ee.jobqueue.chaos.history.What;
import ee.jobqueue.chaos.member.Member;
import ee.jobqueue.chaos.member.Processors;
import ee.jobqueue.chaos.member.Pulse;
import ee.jobqueue.conformance.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several servers on one database, with a history of the round that goes on. For use by one thread.
 *
 * @since 0.1
 */
public final class ChaosCluster implements AutoCloseable {

    /** For all that is waited for. */
    static final Duration DEADLINE = Duration.ofSeconds(180);

    private static final int MEMBERS = 3;

    /** An attempt that runs for so long may well run for longer. */
    private static final int LONG_MILLIS = 150;

    /** How this process calls itself. */
    private static final String SELF = "chaos";

    /** Who writes down that the database stood still. */
    static final String DATABASE = "database";

    private final ChaosDatabase database;
    private final Path root;
    private final List<MemberProcess> members;
    private final TestServer server;
    private final HistoryFile self;
    private final HistoryFile pulses;
    private final Pulse pulse;
    private Path folder;
    private String round = "start";

    /**
     * Starts the servers.
     *
     * @param database their database
     * @param root where they write
     */
    public ChaosCluster(ChaosDatabase database, Path root) {
        this.database = database;
        this.root = root.toAbsolutePath();
        this.folder = newFolder();
        this.self = new HistoryFile(folder, SELF);
        this.pulses = new HistoryFile(folder, DATABASE);
        this.server = new Processors(SELF, database.business(), self)
                .addTo(new TestServer(database.store(), database.transactions()))
                .withoutWorker()
                .start();
        this.pulse = new Pulse(pulses, database.beat());
        this.members = IntStream.rangeClosed(1, MEMBERS)
                .mapToObj(number -> new MemberProcess(database, number, this.root))
                .toList();
        boolean isUp = false;
        try {
            members.forEach(member -> member.start(folder));
            members.forEach(this::awaitUp);
            isUp = true;
        } finally {
            if (!isUp) {
                close();
            }
        }
    }

    private void awaitUp(MemberProcess member) {
        awaitHistory(member.who() + " is up", history -> {
            if (!member.isAlive()) {
                throw new IllegalStateException(member.who() + " has ended, see " + root);
            }
            return history.of(What.UP).anyMatch(by(member.who()));
        });
    }

    /**
     * Their database.
     *
     * @return the database
     */
    public ChaosDatabase database() {
        return database;
    }

    /**
     * A caller's queue, which does not go through a proxy.
     *
     * @return the queue
     */
    public JobQueue queue() {
        return server.queue();
    }

    /**
     * The servers.
     *
     * @return all
     */
    public List<MemberProcess> members() {
        return members;
    }

    /**
     * One of the servers.
     *
     * @param random decides which
     * @return a server
     */
    public MemberProcess any(RandomGenerator random) {
        return members.get(random.nextInt(members.size()));
    }

    /**
     * Names the round.
     *
     * @return the name, with which all its keys begin
     */
    public String round() {
        return round;
    }

    /**
     * What the servers have written in this round.
     *
     * @return the history by now
     */
    public History history() {
        return History.read(folder);
    }

    /** From now on the history is that of a new round, of which the business has nothing yet. */
    void turnTo(String newRound) {
        round = newRound;
        folder = newFolder();
        self.continueIn(folder);
        pulses.continueIn(folder);
        database.clearBusiness();
    }

    /** Lets a server start chains. */
    void call(MemberProcess member) {
        member.tell(Member.BEGIN + " " + round + " " + folder);
    }

    /** Undoes what was done to networks and database, and starts a new process where there is none. */
    void mend() {
        database.start();
        members.forEach(member -> member.network().pass());
        self.add(What.HEALED);
        for (MemberProcess member : members) {
            if (!member.isAlive()) {
                member.start(folder);
                awaitUp(member);
                call(member);
            }
        }
    }

    /** The processes that run. */
    Set<String> alive() {
        return members.stream()
                .filter(MemberProcess::isAlive)
                .map(MemberProcess::who)
                .collect(Collectors.toSet());
    }

    /** What a process has written itself. */
    static Predicate<Event> by(String who) {
        return event -> event.who().equals(who);
    }

    /**
     * Says that a server is disturbed from now on.
     *
     * @param member which
     * @param harm what that explains
     */
    public void touch(MemberProcess member, Harm harm) {
        self.add(What.TOUCHED, "member", member.who(), "harm", harm);
    }

    /**
     * Writes down what a nemesis does.
     *
     * @param deed what
     */
    public void tell(String deed) {
        self.add(What.STRUCK, "deed", deed);
    }

    /**
     * Writes down that a chain was called off.
     *
     * @param chain its id
     */
    public void cancelled(String chain) {
        self.add(What.CANCELLED, "chain", chain);
    }

    /**
     * Leaves things as they are for a while.
     *
     * @param time how long
     * @throws InterruptedException when the thread is interrupted
     */
    public void hold(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Lets somebody hold something for a while.
     *
     * @param something what
     * @param time how long
     * @throws InterruptedException when the thread is interrupted
     */
    public void hold(ChaosDatabase.Hold something, Duration time) throws InterruptedException {
        try (something) {
            hold(time);
        }
    }

    /**
     * Waits until the servers have written something.
     *
     * @param what what that means
     * @param condition whether they have
     */
    public void awaitHistory(String what, Predicate<History> condition) {
        await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(100)).until(() -> condition.test(history()));
    }

    /**
     * Waits until a server runs an attempt that takes a while.
     *
     * @param member the server
     * @return its beginning
     */
    public Event awaitLongAttempt(MemberProcess member) {
        AtomicReference<Event> found = new AtomicReference<>();
        awaitHistory("a long attempt of " + member.who(), history -> {
            long now = System.currentTimeMillis();
            new Attempts(history)
                    .running(Set.of(member.who())).stream()
                            .map(trace -> trace.begun().get(0))
                            .filter(begun -> begun.has("type", "charge") && now - begun.millis() > LONG_MILLIS)
                            .findAny()
                            .ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    private Path newFolder() {
        try {
            return Files.createDirectories(root.resolve(round));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for a history", e);
        }
    }

    @Override
    public void close() {
        pulse.close();
        members.forEach(MemberProcess::close);
        server.close();
        self.close();
        pulses.close();
        database.close();
    }
}
