package ee.jobqueue.sample.web;

/** Thrown when a query parameter is not valid. */
final class InvalidParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    InvalidParameterException(String parameter, String rule, Throwable cause) {
        super(rule, cause);
        this.parameter = parameter;
    }

    String parameter() {
        return parameter;
    }
}
