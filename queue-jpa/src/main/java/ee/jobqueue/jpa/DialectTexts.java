package ee.jobqueue.jpa;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Writes statements in a database's dialect and with the names of its tables, each once. Safe for use by several threads. */
final class DialectTexts {

    private static final Pattern DUE = Pattern.compile("\\{due(?: (\\w+))?}");

    private final Dialect dialect;
    private final TableNames tables;
    private final Map<Sql, Steps> steps = new ConcurrentHashMap<>();

    DialectTexts(Dialect dialect, TableNames tables) {
        this.dialect = dialect;
        this.tables = tables;
    }

    /** The statement itself, with what it locks first and what goes with it where that can be composed. */
    String of(Sql sql) {
        return steps(sql).text();
    }

    /** The statement with all its steps. */
    Steps steps(Sql sql) {
        return steps.computeIfAbsent(sql, written -> dialect.steps(written).in(this::write));
    }

    /** A text that is in the dialect already, with the names of the tables. */
    String named(String text) {
        return tables.in(text, dialect);
    }

    private String write(String text) {
        return named(dialect.spelled(DUE.matcher(text)
                .replaceAll(this::due)
                .replace("{lease}", dialect.plusMillis("{now}", ":lease_millis"))
                .replace("{past}", dialect.plusMillis("{now}", ":past_millis"))
                .replace("{now}", dialect.now())
                .replace("{locked}", ":locked")));
    }

    /** One of the two is null; the database's own now is the floor. */
    private String due(MatchResult match) {
        String parameter = match.group(1) == null ? ":" : match.group(1) + ".";
        return "GREATEST({now}, COALESCE(%s, %s))"
                .formatted(
                        dialect.plusMillis(dialect.epoch(), parameter + "at_millis"),
                        dialect.plusMillis("{now}", parameter + "delay_millis"));
    }
}
