package ee.jobqueue;

/**
 * Thrown when a setting, or the environment that it names, is not usable. The application does not start.
 *
 * @since 0.1
 */
public final class InvalidConfigurationException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String rule;

    /**
     * Makes the error.
     *
     * @param property the name of the setting
     * @param rule its value, what is wrong with it and what to do
     */
    public InvalidConfigurationException(String property, String rule) {
        super(property + ": " + rule);
        this.property = property;
        this.rule = rule;
    }

    /**
     * The name of the setting.
     *
     * @return the name of the setting
     */
    public String property() {
        return property;
    }

    /**
     * Its value, what is wrong with it and what to do.
     *
     * @return its value, what is wrong with it and what to do
     */
    public String rule() {
        return rule;
    }
}
