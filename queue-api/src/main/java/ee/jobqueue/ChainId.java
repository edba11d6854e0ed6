package ee.jobqueue;

/**
 * Identifies a chain. A chain has the id of its first job. Opaque: its form is the store's own, and only that store can tell whether it is well formed.
 *
 * @param value the text form, 1 to 64 letters, digits and hyphens
 * @since 0.1
 */
public record ChainId(String value) {

    /**
     * Refuses what no store can have made.
     *
     * @param value the text form, 1 to 64 letters, digits and hyphens
     */
    public ChainId {
        InvalidIdException.check(value);
    }

    /**
     * The text form.
     *
     * @return the value
     */
    @Override
    public String toString() {
        return value;
    }
}
