package ee.jobqueue.jpa.chaos;

import ee.jobqueue.chaos.proxy.Protocol;
import ee.jobqueue.chaos.proxy.Request;
import ee.jobqueue.chaos.proxy.Requests;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The packets of clients of MariaDB, without encryption: a length, a number that is 0 for each command, and a body. The
 * driver sends statements as texts, unless it is told otherwise.
 */
final class MariaDbProtocol implements Protocol {

    private static final int HEADER = 4;
    private static final int QUERY = 3;

    @Override
    public Requests requests(DataInputStream in) {
        return () -> next(in);
    }

    private static @Nullable Request next(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int second = in.readUnsignedByte();
        int third = in.readUnsignedByte();
        int length = first | second << 8 | third << 16;
        byte[] packet = new byte[HEADER + length];
        packet[0] = (byte) first;
        packet[1] = (byte) second;
        packet[2] = (byte) third;
        in.readFully(packet, HEADER - 1, 1 + length);
        return new Request(packet, executed(packet));
    }

    private static @Nullable String executed(byte[] packet) {
        boolean isQuery = packet.length > HEADER && packet[HEADER - 1] == 0 && packet[HEADER] == QUERY;
        return isQuery ? new String(packet, HEADER + 1, packet.length - HEADER - 1, StandardCharsets.UTF_8) : null;
    }

    @Override
    public boolean isCommit(String statement) {
        return SqlWords.isFirst("COMMIT", statement);
    }

    @Override
    public boolean isRollback(String statement) {
        return SqlWords.isFirst("ROLLBACK", statement);
    }
}
