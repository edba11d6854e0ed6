package ee.jobqueue.mongo;

import org.testcontainers.mongodb.MongoDBContainer;

/** MongoDB in Docker. */
final class ContainerServer implements RunningServer {

    private final MongoDBContainer container;
    private final boolean isReplicaSet;

    private ContainerServer(MongoDBContainer container, boolean isReplicaSet) {
        this.container = container;
        this.isReplicaSet = isReplicaSet;
    }

    /** Starts a container; Testcontainers' reaper ends what is not closed. */
    @SuppressWarnings("resource") // it is closed by close()
    static ContainerServer start(String image, boolean replicaSet) {
        MongoDBContainer container = new MongoDBContainer(image);
        if (replicaSet) {
            container.withReplicaSet();
        }
        container.start();
        return new ContainerServer(container, replicaSet);
    }

    /** Directly to the server: it knows itself by an address inside Docker. */
    @Override
    public String uri() {
        return "mongodb://%s:%d/%s"
                .formatted(
                        container.getHost(),
                        container.getMappedPort(27_017),
                        isReplicaSet ? "?directConnection=true" : "");
    }

    @Override
    public void close() {
        container.close();
    }
}
