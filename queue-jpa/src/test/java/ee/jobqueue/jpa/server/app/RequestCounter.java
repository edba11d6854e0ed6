package ee.jobqueue.jpa.server.app;

import jakarta.enterprise.context.RequestScoped;

/** Counts how often it is called in one request; an attempt has one of its own, its finish included. */
@RequestScoped
public class RequestCounter {

    private int calls;

    /** How many calls there were, this one included. */
    public int next() {
        return ++calls;
    }
}
