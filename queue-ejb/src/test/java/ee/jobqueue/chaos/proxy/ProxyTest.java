package ee.jobqueue.chaos.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ee.jobqueue.chaos.proxy.Ambush.Deed;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy before a database that answers each line with the same line. */
class ProxyTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** What has not come by then does not come; a packet on the loopback device takes far less. */
    private static final int SILENCE_MILLIS = 300;

    private final List<String> executed = new CopyOnWriteArrayList<>();
    private ServerSocket database;
    private Proxy proxy;
    private Socket client;
    private BufferedReader answers;

    @BeforeEach
    void connect() throws IOException {
        database = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Proxy.thread("database", this::accept);
        proxy = new Proxy(database.getLocalPort(), new Lines());
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout((int) DEADLINE.toMillis());
        answers = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        proxy.close();
        database.close();
    }

    @Test
    void whatAClientSaysIsAnswered() throws IOException {
        say("select");

        assertThat(answers.readLine()).isEqualTo("select");
    }

    @Test
    void whatIsLostArrivesWhenTheNetworkIsBack() throws IOException {
        proxy.lose(Direction.TO_DATABASE);
        say("select");
        assertThatNothingIsAnswered();
        assertThat(executed).isEmpty();

        proxy.pass();
        assertThat(answers.readLine()).isEqualTo("select");
    }

    @Test
    void anAnswerThatIsLostArrivesWhenTheNetworkIsBack() throws IOException {
        proxy.lose(Direction.TO_CLIENT);
        say("select");
        awaitExecuted("select");
        assertThatNothingIsAnswered();

        proxy.pass();
        assertThat(answers.readLine()).isEqualTo("select");
    }

    @Test
    void aConnectionThatIsCutIsBrokenOnBothSides() throws IOException {
        say("select");
        answers.readLine();

        proxy.cut();

        assertThatExceptionOfType(IOException.class).isThrownBy(answers::readLine);
        awaitExecuted("end");
    }

    @Test
    void theDatabaseDoesNotLearnOfAnEndWhilePacketsAreLost() throws IOException {
        say("select");
        answers.readLine();
        proxy.lose(Direction.values());
        client.close();

        assertThat(executed).doesNotContain("end");
        proxy.pass();
        awaitExecuted("end");
    }

    @Test
    void aCommitWhoseAnswerIsLostIsExecuted() throws IOException, InterruptedException {
        Ambush ambush = proxy.ambush(new Ambush("update"::equals, Deed.LOSE_ANSWER, 1));
        say("update");
        answers.readLine();
        say("commit");

        assertThat(ambush.await(DEADLINE)).isTrue();
        assertThatExceptionOfType(IOException.class).isThrownBy(answers::readLine);
        assertThat(executed).contains("commit");
    }

    @Test
    void aConnectionThatFreezesBeforeACommitDoesNotExecuteItUntilItThaws() throws IOException, InterruptedException {
        Ambush ambush = proxy.ambush(new Ambush("update"::equals, Deed.FREEZE_CONNECTION, 1));
        say("update");
        answers.readLine();
        say("commit");

        assertThat(ambush.await(DEADLINE)).isTrue();
        assertThatNothingIsAnswered();
        assertThat(executed).doesNotContain("commit");
        proxy.pass();
        assertThat(answers.readLine()).isEqualTo("commit");
    }

    @Test
    void otherCommitsPassAnAmbush() throws IOException, InterruptedException {
        Ambush ambush = proxy.ambush(new Ambush("update"::equals, Deed.LOSE_ANSWER, 1));
        say("update");
        answers.readLine();
        say("rollback");
        answers.readLine();
        say("insert");
        answers.readLine();
        say("commit");

        assertThat(answers.readLine()).isEqualTo("commit");
        assertThat(ambush.await(Duration.ZERO)).isFalse();
    }

    private void say(String line) throws IOException {
        client.getOutputStream().write((line + "\n").getBytes(UTF_8));
    }

    private void assertThatNothingIsAnswered() throws IOException {
        client.setSoTimeout(SILENCE_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(answers::readLine);
        client.setSoTimeout((int) DEADLINE.toMillis());
    }

    private void awaitExecuted(String line) {
        await().atMost(DEADLINE).until(() -> executed.contains(line));
    }

    private void accept() {
        try (Socket connection = database.accept();
                BufferedReader lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                executed.add(line);
                connection.getOutputStream().write((line + "\n").getBytes(UTF_8));
                line = lines.readLine();
            }
        } catch (IOException e) {
            // cut
        } finally {
            executed.add("end");
        }
    }

    /** Each line is a statement. */
    private static final class Lines implements Protocol {

        @Override
        public Requests requests(DataInputStream in) {
            return () -> {
                StringBuilder line = new StringBuilder();
                int character = in.read();
                while (character >= 0 && character != '\n') {
                    line.append((char) character);
                    character = in.read();
                }
                return character < 0 ? null : new Request((line + "\n").getBytes(UTF_8), line.toString());
            };
        }

        @Override
        public boolean isCommit(String statement) {
            return statement.equals("commit");
        }

        @Override
        public boolean isRollback(String statement) {
            return statement.equals("rollback");
        }
    }
}
