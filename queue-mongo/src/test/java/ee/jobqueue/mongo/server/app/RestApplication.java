package ee.jobqueue.mongo.server.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The test application's resources. */
@ApplicationPath("/")
public class RestApplication extends Application {}
