package ee.jobqueue.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoNamespace;
import ee.jobqueue.InvalidConfigurationException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The settings of the client that is made where the application has none of its own.
 *
 * @param uri {@value #URI}, where MongoDB is, by default {@value #DEFAULT_URI}. It may hold a password and is never logged
 * @param database {@value #DATABASE}, the name of the database, by default the one that the URI names, else {@value
 *     #DEFAULT_DATABASE}
 */
record ClientSettings(ConnectionString uri, String database) {

    static final String URI = "jobqueue.mongo.uri";
    static final String DEFAULT_URI = "mongodb://localhost:27017";
    static final String DATABASE = "jobqueue.mongo.database";
    static final String DEFAULT_DATABASE = "jobqueue";

    /** Where the URI says nothing: shorter than the driver's 30 s, so that an application starts without its MongoDB. */
    private static final int SELECTION_SECONDS = 10;

    /** Where the URI says nothing: connected anew within what is left of a lease of 30 s when an answer did not come. */
    private static final int CONNECT_SECONDS = 5;

    /** Where the URI says nothing: for one answer; the driver's default is to wait for ever. */
    private static final int ANSWER_SECONDS = 15;

    /**
     * Reads and checks the settings.
     *
     * @param property gives the value of a property, empty when it is not set
     * @throws InvalidConfigurationException naming the property, its value without a password, and the rule
     */
    static ClientSettings read(Function<String, Optional<String>> property) {
        ConnectionString uri = uri(property.apply(URI).map(String::strip).orElse(DEFAULT_URI));
        String database = property.apply(DATABASE)
                .map(String::strip)
                .or(() -> Optional.ofNullable(uri.getDatabase()))
                .orElse(DEFAULT_DATABASE);
        try {
            MongoNamespace.checkDatabaseNameValidity(database);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(
                    DATABASE, "'" + database + "' cannot be the name of a database: " + e.getMessage());
        }
        return new ClientSettings(uri, database);
    }

    /** The driver's own words may hold a part of the password, so they are left out where there is one. */
    private static ConnectionString uri(String value) {
        try {
            return new ConnectionString(value);
        } catch (IllegalArgumentException e) {
            boolean secret = value.contains("@");
            throw new InvalidConfigurationException(
                    URI,
                    "'" + withoutPassword(value) + "' is no connection string of MongoDB"
                            + (secret
                                    ? "; give mongodb://user:password@host:port/database?options, with user and"
                                            + " password percent-encoded"
                                    : ": " + e.getMessage()));
        }
    }

    /** Without user and password, however they are written: up to the last {@code @}. */
    static String withoutPassword(String value) {
        int at = value.lastIndexOf('@');
        if (at < 0) {
            return value;
        }
        int scheme = value.indexOf("://");
        return (scheme < 0 || scheme > at ? "" : value.substring(0, scheme + 3)) + "***" + value.substring(at);
    }

    MongoClientSettings client() {
        MongoClientSettings.Builder settings =
                MongoClientSettings.builder().applyConnectionString(uri).applicationName("jobqueue");
        if (uri.getServerSelectionTimeout() == null) {
            settings.applyToClusterSettings(
                    cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS));
        }
        if (uri.getConnectTimeout() == null) {
            settings.applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS));
        }
        if (uri.getSocketTimeout() == null && uri.getTimeout() == null) {
            settings.applyToSocketSettings(socket -> socket.readTimeout(ANSWER_SECONDS, TimeUnit.SECONDS));
        }
        return settings.build();
    }

    /** For people; a connection string shows its password. */
    @Override
    public String toString() {
        return "ClientSettings[uri=" + withoutPassword(uri.getConnectionString()) + ", database=" + database + "]";
    }
}
