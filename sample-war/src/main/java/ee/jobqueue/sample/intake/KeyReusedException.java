package ee.jobqueue.sample.intake;

/**
 * Thrown when an import uses the idempotency key of another file. Nothing was imported.
 *
 * @since 0.1
 */
public final class KeyReusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyReusedException(String key) {
        super("another file was imported under the key '" + key + "'; choose a new key for a new file");
    }
}
