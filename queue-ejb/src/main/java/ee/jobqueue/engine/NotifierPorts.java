package ee.jobqueue.engine;

import ee.jobqueue.spi.Notifier;
import java.util.concurrent.ThreadFactory;

/**
 * What the engine needs in order to listen to other servers.
 *
 * @param notifier tells what they did
 * @param threads makes the one thread that waits for it; it is no pool's, since it waits most of the time
 * @since 0.1
 */
public record NotifierPorts(Notifier notifier, ThreadFactory threads) {}
