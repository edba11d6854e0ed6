package ee.jobqueue.sample.fulfilment;

/**
 * What was sent to people; in place of a mail server. Writes in the caller's transaction. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Correspondence {

    /**
     * Sends an invoice.
     *
     * @param invoice a new invoice; a second one for the same order fails
     */
    void send(Invoice invoice);

    /**
     * Sends a reminder.
     *
     * @param reminder a new reminder
     */
    void send(Reminder reminder);
}
