package ee.jobqueue.sample.fulfilment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * A message to the person who decides on large orders; in place of a mail server. Not for use by several threads.
 *
 * @since 0.1
 */
@Entity
public class Reminder {

    @Id
    @Column(name = "chain_id", length = 64)
    private String chainId;

    @Column(nullable = false, length = 200)
    private String recipient;

    /** How many orders waited when it was sent. */
    private long waiting;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected Reminder() {}

    Reminder(String chainId, String recipient, long waiting) {
        this.chainId = chainId;
        this.recipient = recipient;
        this.waiting = waiting;
    }
}
