package ee.jobqueue.mongo;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.List;

/** Notes which operations a client sends. Thread-safe. */
final class OperationCounter implements CommandListener {

    private final List<String> executed = new ArrayList<>();

    @Override
    public synchronized void commandStarted(CommandStartedEvent event) {
        executed.add(event.getCommandName());
    }

    /** The operations since this was last asked. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(executed);
        executed.clear();
        return taken;
    }
}
