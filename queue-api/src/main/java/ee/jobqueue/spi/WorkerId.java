package ee.jobqueue.spi;

import java.util.Objects;

/**
 * Identifies a started worker; never used again after its end.
 *
 * @param value the text form; the store's own
 * @since 0.1
 */
public record WorkerId(String value) {

    /**
     * Refuses nulls.
     *
     * @param value the text form
     */
    public WorkerId {
        Objects.requireNonNull(value, "value");
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
