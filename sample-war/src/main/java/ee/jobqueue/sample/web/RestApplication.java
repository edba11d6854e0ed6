package ee.jobqueue.sample.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/**
 * Puts the REST API under {@code /api}.
 *
 * @since 0.1
 */
@ApplicationPath("api")
public class RestApplication extends Application {}
