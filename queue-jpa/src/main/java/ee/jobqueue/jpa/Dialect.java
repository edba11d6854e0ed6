package ee.jobqueue.jpa;

import ee.jobqueue.InvalidConfigurationException;
import ee.jobqueue.spi.Acquired;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.AvailableSettings;

/** All in which a database may differ. Stateless; safe for use by several threads. */
interface Dialect {

    /**
     * An expression: when the current statement began, by the database's clock, in milliseconds. Or the parameter {@code
     * :now}, when {@link #clock} reads it.
     */
    String now();

    /** The database's time, where {@link #now} is the parameter {@code :now}; read once for each verb. */
    default Instant clock(StatelessSession session) {
        throw new IllegalStateException("statements tell the time themselves");
    }

    /** An expression: a time and a number of milliseconds after it; null when the number is. */
    String plusMillis(String time, String millis);

    /** A time: the beginning of 1970, UTC. */
    String epoch();

    /**
     * How a statement is executed: what it locks first, the change whose rows it uses, as they are after the change or,
     * for a deletion, were before it, and what goes with it are composed as far as the database can.
     */
    Steps steps(Sql sql);

    /**
     * Whether a parameter may be an array, as {@link Statements} writes them. Otherwise {@link #spelled} rewrites them by
     * {@link ArrayNotation}.
     */
    default boolean hasArrays() {
        return true;
    }

    /** The same statement in the database's own words, where they differ. */
    default String spelled(String text) {
        return text;
    }

    /** Called before each verb that writes. Where rows cannot be locked, waits until this transaction may write. */
    default void beginWriting(SqlSession session) {}

    /**
     * The order by schedule and id of waiting jobs of one type and priority, in words by which the database sees that the
     * index over waiting jobs gives it. By default it leaves out the columns that are the same in all of them: MariaDB 10.11
     * sorts all these jobs otherwise.
     */
    default String orderOfWaiting() {
        return "scheduled_at, id";
    }

    /** {@link ee.jobqueue.spi.JobStore#acquire}; the types are not empty and the limit is positive. */
    Acquired acquire(SqlSession session, UUID worker, Set<String> types, int limit);

    /**
     * Locks the row of each key, in order, and inserts it for the proposed chain where there is none.
     *
     * @param proposed the keys and the chains that would hold them
     * @return the keys and the chains that stand in their rows
     */
    Map<Key, UUID> lockKeys(SqlSession session, SortedMap<Key, UUID> proposed);

    /** Gives keys, whose rows are locked, to other chains; takes the parameters of {@link Statements#REPLACE_HOLDERS}. */
    default Sql replaceHolders() {
        return Statements.REPLACE_HOLDERS;
    }

    /** Ends locked jobs that waited; takes the parameters of {@link ResolvingStatements#END}. */
    default Sql end() {
        return ResolvingStatements.END;
    }

    /** Deletes the notes for which chains jobs waited; takes the parameters of {@link DeletionStatements#DELETE_OWN_BLOCKERS}. */
    default Sql deleteOwnBlockers() {
        return DeletionStatements.DELETE_OWN_BLOCKERS;
    }

    /** What the errors of this database and its drivers are. */
    ErrorTable errors();

    /** Whether the error says that a table does not exist. */
    boolean isTableMissing(SQLException error);

    /** Whether tables may be in a schema other than the default one. */
    default boolean hasSchemas() {
        return true;
    }

    /** The setting of Hibernate for the schema of tables. */
    default String schemaProperty() {
        return AvailableSettings.DEFAULT_SCHEMA;
    }

    /** Where the name of an index stands with that of its schema. */
    default TableNames.IndexNames indexNames() {
        return TableNames.IndexNames.BARE;
    }

    /** Settings of Hibernate that this database needs. */
    default Map<String, Object> persistenceProperties() {
        return Map.of();
    }

    /**
     * Refuses readers that cannot serve what reads outside of a transaction. By default all: here readers wait for no writer,
     * and a second data source would rather lead to a copy that is behind.
     *
     * @throws InvalidConfigurationException when these readers do not do
     */
    default void requireReaders(DataSource readers, DataSource writer) throws SQLException {
        throw new InvalidConfigurationException(
                JpaSettings.READER_DATA_SOURCE,
                "is for SQLite; leave it out, since on this database " + JpaSettings.DATA_SOURCE
                        + " serves readers as well, and a copy of it would be behind");
    }

    /** The folder of the migrations. */
    String folder();

    /** The statements of a migration's script, as many as the driver takes at once. */
    default List<String> split(String script) {
        return List.of(script);
    }

    /** Whether the error of a migration's statement says that an earlier run, which did not come to its end, executed it. */
    default boolean saysDone(SQLException error) {
        return false;
    }

    /** Creates the table of the applied migrations, unless it exists. Called within {@link #migrate}. */
    String migrationTable();

    /** Migrates while no other server does; those that want to wait. */
    void migrate(Connection connection, TableNames tables, Migrating work) throws SQLException;

    /** Applies migrations. */
    interface Migrating {
        void run() throws SQLException;
    }
}
