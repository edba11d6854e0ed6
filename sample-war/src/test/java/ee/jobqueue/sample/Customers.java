package ee.jobqueue.sample;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Places one order after the other until the server no longer answers, and remembers those that were acknowledged. */
final class Customers {

    static final String NAME = "Walk-in";

    private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    private final Shop shop;
    private CompletableFuture<Void> shopping = CompletableFuture.completedFuture(null);

    Customers(Shop shop) {
        this.shop = shop;
    }

    void shopUntilTheServerIsGone() {
        shopping = CompletableFuture.runAsync(() -> {
            try {
                while (true) {
                    acknowledged.add(shop.place(NAME, "MUG-BLUE", 1));
                }
            } catch (IOException e) {
                // The server was killed: what this request asked for may have been done or not.
            }
        });
    }

    /** Waits for the last answer. */
    List<Long> acknowledged() {
        shopping.join();
        return List.copyOf(acknowledged);
    }

    int acknowledgedSoFar() {
        return acknowledged.size();
    }
}
