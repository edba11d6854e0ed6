package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.jpa.Sql.ByClaim;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the servers of MariaDB's dialect are told in other words, as far as it can be seen without all of them. */
class MariaDbVariantTest {

    private static final Pattern CHANGE = Pattern.compile("^(?:UPDATE|DELETE FROM) (\\w+)");

    /** The rooms that have statements of their own. */
    private static final List<Class<?>> STATEMENTS = List.of(
            Statements.class,
            LeaseStatements.class,
            ManagingStatements.class,
            ResolvingStatements.class,
            DeletionStatements.class,
            ChosenIds.class,
            Counting.class,
            SteppedAcquiring.class);

    private static final JpaSettings SETTINGS = JpaSettings.read(property -> Optional.empty());

    @Test
    void tablesWithTextIdsKeepThemWhenTheServerBecomesANewerOne() throws SQLException {
        try (TestDatabase database = TestDatabase.mariaDb()) {
            migrate(MariaDbVariant.TEXT_IDS, database);

            assertThat(typesOfIds(database)).containsOnly("char");
            assertThat(Dialects.of(database.dataSource(), SETTINGS).persistenceProperties())
                    .containsValue("CHAR");
        }
    }

    @Test
    void newTablesHaveIdsOfTheirOwnTypeWhereThereIsOne() throws SQLException {
        try (TestDatabase database = TestDatabase.mariaDb()) {
            new Migrations(Dialects.of(database.dataSource(), SETTINGS), Migrations.Mode.APPLY, TableNames.DEFAULT)
                    .run(database.dataSource());

            assertThat(typesOfIds(database)).containsOnly("uuid");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMigrationThatWasCutOffIsDoneAgain(MariaDbVariant variant) throws SQLException {
        try (TestDatabase database = TestDatabase.mariaDb()) {
            migrate(variant, database);
            database.execute("DELETE FROM jobqueue_migration WHERE name > '" + Migrations.NAMES.get(0) + "'");

            migrate(variant, database);

            assertThat(column(database, "SELECT name FROM jobqueue_migration ORDER BY name"))
                    .isEqualTo(Migrations.NAMES);
        }
    }

    @Test
    void aMigrationForMySqlHasNothingThatMySqlDoesNotKnow() {
        MariaDb mySql = new MariaDb(MariaDbVariant.MYSQL);
        for (String name : Migrations.NAMES) {
            assertThat(mySql.split(Migrations.text(mySql, name)))
                    .as(name)
                    .allSatisfy(statement -> assertThat(statement.replace("CREATE TABLE IF NOT EXISTS", ""))
                            .doesNotContain(" IF ")
                            .doesNotContain("nopad")
                            .doesNotContain(" uuid")
                            .doesNotContain("DEFAULT ''"));
        }
    }

    /** MySQL refuses that (error 1093), unless the rows are copied first. */
    @Test
    void noChangeReadsTheTableThatItChanges() throws IllegalAccessException {
        List<String> changes = changes();

        assertThat(changes).hasSizeGreaterThan(20).allSatisfy(change -> {
            MatchResult table = CHANGE.matcher(change).results().findFirst().orElseThrow();
            assertThat(change.substring(table.end()).replaceAll("\\(SELECT DISTINCT [^()]+\\)", ""))
                    .doesNotContain("FROM " + table.group(1))
                    .doesNotContain("JOIN " + table.group(1));
        });
    }

    private static List<String> changes() throws IllegalAccessException {
        DialectTexts texts = new DialectTexts(new MariaDb(MariaDbVariant.MYSQL), TableNames.DEFAULT);
        List<String> changes = new ArrayList<>();
        for (Sql sql : statements()) {
            Steps steps = texts.steps(sql);
            Stream.of(steps.before(), steps.text(), steps.after())
                    .filter(Objects::nonNull)
                    .map(String::strip)
                    .filter(step -> CHANGE.matcher(step).find())
                    .forEach(changes::add);
        }
        return changes;
    }

    private static List<Sql> statements() throws IllegalAccessException {
        List<Sql> statements = new ArrayList<>();
        for (Class<?> room : STATEMENTS) {
            for (Field field : room.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    field.setAccessible(true);
                    Object value = field.get(null);
                    if (value instanceof Sql sql) {
                        statements.add(sql);
                    } else if (value instanceof ByClaim byClaim) {
                        statements.add(byClaim.fenced());
                        statements.add(byClaim.locked());
                    }
                }
            }
        }
        return statements;
    }

    private static void migrate(MariaDbVariant variant, TestDatabase database) throws SQLException {
        new Migrations(new MariaDb(variant), Migrations.Mode.APPLY, TableNames.DEFAULT).run(database.dataSource());
    }

    private static List<String> typesOfIds(TestDatabase database) throws SQLException {
        return column(
                database,
                "SELECT data_type FROM information_schema.columns WHERE table_schema = DATABASE()"
                        + " AND (column_name LIKE '%\\_id' OR column_name = 'worker'"
                        + " OR column_name = 'id' AND table_name <> 'jobqueue_sweep')");
    }

    private static List<String> column(TestDatabase database, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
