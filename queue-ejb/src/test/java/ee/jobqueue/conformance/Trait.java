package ee.jobqueue.conformance;

/**
 * A way in which a store may differ. Each has its own test, so that a difference is asserted and never skipped.
 *
 * @since 0.1
 */
public enum Trait {
    /** One writer at a time: a writing transaction waits for the other instead of working beside it. */
    SINGLE_WRITER
}
