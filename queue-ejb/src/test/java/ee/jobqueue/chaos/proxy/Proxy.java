package ee.jobqueue.chaos.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The network between one process and the database, on the loopback device. A packet that is lost is not gone: its
 * sender repeats it, so it arrives when the network is back, and until then the other side does not even learn that a
 * connection was closed. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class Proxy implements AutoCloseable {

    private final int databasePort;
    private final Protocol protocol;
    private final ServerSocket listening;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<Direction, Gate> gates = new EnumMap<>(Direction.class);
    private volatile @Nullable Ambush ambush;

    /**
     * Listens at a free port.
     *
     * @param databasePort where the database listens
     * @param protocol how it is spoken to
     */
    public Proxy(int databasePort, Protocol protocol) {
        this.databasePort = databasePort;
        this.protocol = protocol;
        for (Direction direction : Direction.values()) {
            gates.put(direction, new Gate());
        }
        try {
            this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy", e);
        }
        thread("proxy", this::accept);
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return listening.getLocalPort();
    }

    /** Everything passes from now on, what was lost included, and nobody lies in wait. */
    public void pass() {
        ambush = null;
        gates.values().forEach(gate -> {
            gate.delay(Duration.ZERO);
            gate.set(true);
        });
        connections.forEach(ProxiedConnection::thaw);
    }

    /**
     * Loses all packets from now on, those of new connections included.
     *
     * @param directions where to
     */
    public void lose(Direction... directions) {
        for (Direction direction : directions) {
            gate(direction).set(false);
        }
    }

    /**
     * Delays each packet from now on.
     *
     * @param delay for how long
     */
    public void delay(Duration delay) {
        gates.values().forEach(gate -> gate.delay(delay));
    }

    /** Breaks all connections that are open now. Those of which packets are lost learn it as well. */
    public void cut() {
        connections.forEach(ProxiedConnection::cut);
    }

    /**
     * Lies in wait for the commit of transactions.
     *
     * @param newAmbush which, and what happens to it
     * @return the same
     */
    public Ambush ambush(Ambush newAmbush) {
        ambush = newAmbush;
        return newAmbush;
    }

    Gate gate(Direction direction) {
        return gates.get(direction);
    }

    Optional<Ambush.Deed> metBy(List<String> transaction) {
        Ambush now = ambush;
        return now != null && now.meets(transaction) ? Optional.of(now.deed()) : Optional.empty();
    }

    void ended(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                thread("connect", () -> connect(client));
            } catch (IOException e) {
                // it is closed
            }
        }
    }

    /** On a thread of its own: what is lost of one connection does not stop the next. */
    private void connect(Socket client) {
        try {
            gate(Direction.TO_DATABASE).pass();
            Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
            client.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            ProxiedConnection connection = new ProxiedConnection(this, protocol, client, database);
            connections.add(connection);
            connection.start();
        } catch (IOException e) {
            try {
                client.close(); // the database is down
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
        }
    }

    static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, "chaos " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy does not close", e);
        } finally {
            gates.values().forEach(Gate::remove);
            cut();
        }
    }
}
