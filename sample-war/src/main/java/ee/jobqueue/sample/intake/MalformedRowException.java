package ee.jobqueue.sample.intake;

/** Thrown when a row cannot be understood; the message is for the person who wrote the file. */
final class MalformedRowException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedRowException(String reason) {
        super(reason);
    }
}
