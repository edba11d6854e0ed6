package ee.jobqueue.jpa.chaos;

import ee.jobqueue.chaos.proxy.Protocol;
import ee.jobqueue.chaos.proxy.Request;
import ee.jobqueue.chaos.proxy.Requests;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frontend messages of PostgreSQL, without encryption: a type, a length, and a body. Statements are prepared under
 * a name, bound to a portal, and executed by it, so names are remembered.
 */
final class PostgreSqlProtocol implements Protocol {

    @Override
    public Requests requests(DataInputStream in) {
        return new Connection(in);
    }

    @Override
    public boolean isCommit(String statement) {
        return SqlWords.isFirst("COMMIT", statement);
    }

    @Override
    public boolean isRollback(String statement) {
        return SqlWords.isFirst("ROLLBACK", statement);
    }

    private static final class Connection implements Requests {

        private static final int VERSION = 3;
        private static final int LENGTH = Integer.BYTES;

        private final DataInputStream in;
        private final Map<String, String> prepared = new HashMap<>();
        private final Map<String, String> bound = new HashMap<>();
        private boolean begun;

        Connection(DataInputStream in) {
            this.in = in;
        }

        @Override
        public @Nullable Request next() throws IOException {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            return begun ? message(first) : beginning(first);
        }

        /** The first messages have no type: requests for encryption, to cancel, and to begin. */
        private Request beginning(int firstOfLength) throws IOException {
            int length = firstOfLength << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            ByteBuffer message = ByteBuffer.allocate(length).putInt(length);
            in.readFully(message.array(), LENGTH, length - LENGTH);
            begun = message.getShort() == VERSION;
            return new Request(message.array(), null);
        }

        private Request message(int type) throws IOException {
            int length = in.readInt();
            ByteBuffer message =
                    ByteBuffer.allocate(1 + length).put((byte) type).putInt(length);
            in.readFully(message.array(), 1 + LENGTH, length - LENGTH);
            return new Request(message.array(), executed(type, message));
        }

        private @Nullable String executed(int type, ByteBuffer body) {
            switch (type) {
                case 'Q':
                    return text(body);
                case 'P':
                    prepared.put(text(body), text(body));
                    return null;
                case 'B':
                    bound.put(text(body), prepared.getOrDefault(text(body), ""));
                    return null;
                case 'E':
                    return bound.getOrDefault(text(body), "");
                default:
                    return null;
            }
        }

        private static String text(ByteBuffer from) {
            int begin = from.position();
            while (from.get() != 0) {
                // until its end
            }
            return new String(from.array(), begin, from.position() - 1 - begin, StandardCharsets.UTF_8);
        }
    }
}
