package ee.jobqueue.chaos.proxy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a client through a {@link Proxy}, with a thread for each direction. */
final class ProxiedConnection {

    private static final int BUFFER = 16 * 1024;

    /** More than a transaction has; a client that never commits shall not fill the memory. */
    private static final int KEPT_STATEMENTS = 200;

    private final Proxy proxy;
    private final Protocol protocol;
    private final Socket client;
    private final Socket database;
    private final Gate own = new Gate();

    /** Of the transaction that is open; touched by the thread of the client's requests only. */
    private final List<String> transaction = new ArrayList<>();

    /** How the next answer is lost; {@code null} when it is not. */
    private volatile Ambush.@Nullable Deed losingAnswer;

    ProxiedConnection(Proxy proxy, Protocol protocol, Socket client, Socket database) {
        this.proxy = proxy;
        this.protocol = protocol;
        this.client = client;
        this.database = database;
    }

    void start() {
        Proxy.thread("to the database", () -> endingWith(this::passRequests));
        Proxy.thread("to the client", () -> endingWith(this::passAnswers));
    }

    /** Breaks it on both sides at once. */
    void cut() {
        own.remove();
        reset(client);
        reset(database);
    }

    /** Goes on; but what was lost for good breaks it. */
    void thaw() {
        own.set(true);
        if (losingAnswer != null) {
            cut();
        }
    }

    private void passRequests() throws IOException {
        Requests requests =
                protocol.requests(new DataInputStream(new BufferedInputStream(client.getInputStream(), BUFFER)));
        OutputStream out = database.getOutputStream();
        Request request = requests.next();
        while (request != null) {
            String statement = request.statement();
            if (statement != null) {
                note(statement);
            }
            proxy.gate(Direction.TO_DATABASE).pass();
            own.pass();
            out.write(request.bytes());
            out.flush();
            request = requests.next();
        }
        proxy.gate(Direction.TO_DATABASE).pass(); // an end can be lost as well
    }

    private void note(String statement) {
        if (protocol.isCommit(statement)) {
            proxy.metBy(transaction).ifPresent(this::suffer);
            transaction.clear();
        } else if (protocol.isRollback(statement)) {
            transaction.clear();
        } else if (transaction.size() < KEPT_STATEMENTS) {
            transaction.add(statement);
        }
    }

    private void suffer(Ambush.Deed deed) {
        switch (deed) {
            case FREEZE_CONNECTION -> own.set(false);
            case LOSE_NETWORK -> proxy.lose(Direction.values());
            case LOSE_ANSWER, LOSE_ANSWER_IN_SILENCE -> losingAnswer = deed;
        }
    }

    private void passAnswers() throws IOException {
        InputStream in = database.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        int length = in.read(buffer);
        while (length >= 0) {
            proxy.gate(Direction.TO_CLIENT).pass();
            own.pass();
            if (losingAnswer == Ambush.Deed.LOSE_ANSWER) {
                cut();
                return;
            }
            if (losingAnswer == null) {
                out.write(buffer, 0, length);
            }
            length = in.read(buffer);
        }
        proxy.gate(Direction.TO_CLIENT).pass();
    }

    private interface Pump {
        void run() throws IOException;
    }

    private void endingWith(Pump pump) {
        try {
            pump.run();
        } catch (IOException e) {
            // one side is gone; the other learns it below
        } finally {
            close(client);
            close(database);
            proxy.ended(this);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed already
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // there is nothing more to close
        }
    }
}
