package ee.jobqueue.engine;

import ee.jobqueue.InvalidPayloadException;
import java.lang.reflect.Type;

/**
 * Writes payloads to the store's text and reads them back. A port: JSON by JSON-B on a server. Safe for use by several
 * threads.
 *
 * @since 0.1
 */
public interface PayloadCodec {

    /**
     * Checks a payload's constraints and writes it, by its run-time class.
     *
     * @param jobType the name of the job type, for the error
     * @param payload the payload
     * @return the text
     * @throws InvalidPayloadException when a constraint is violated or the payload cannot be written
     */
    String encode(String jobType, Object payload);

    /**
     * Reads a payload. A missing part, a null where a primitive belongs, an overflow and trailing text are errors, never a
     * silent default; a surplus part is passed over, so that a component can be removed.
     *
     * @param jobType the name of the job type, for the error
     * @param text the text
     * @param target the type to read
     * @return the payload
     * @throws InvalidPayloadException when it cannot be read
     */
    Object decode(String jobType, String text, Type target);

    /**
     * Checks that payloads of a type can be written and read back.
     *
     * @param jobType the name of the job type, for the error
     * @param target the type
     * @throws ee.jobqueue.InvalidJobTypeException when they cannot; says why and what to do
     */
    void check(String jobType, Type target);
}
