package ee.jobqueue.spi;

import ee.jobqueue.Printable;

/** Stands in a log for an error that may be the application's own: a log asks an error more than is safe. */
final class LoggedError extends Throwable {

    private static final long serialVersionUID = 1L;

    private final String description;

    LoggedError(Throwable error) {
        super(Errors.line(error), null, false, false);
        this.description = new Description(Printable::line).of(error).stripTrailing();
    }

    /** Stack trace, causes and suppressed errors included; a log that prints the error prints this. */
    @Override
    public String toString() {
        return description;
    }
}
