package ee.jobqueue.jpa.server.stopping;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The test application's resources. */
@ApplicationPath("/")
public class RestApplication extends Application {}
