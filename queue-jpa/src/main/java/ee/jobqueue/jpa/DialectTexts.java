package ee.jobqueue.jpa;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Writes statements in a database's dialect, each once. Safe for use by several threads. */
final class DialectTexts {

    private static final Pattern DUE = Pattern.compile("\\{due(?: (\\w+))?}");
    private static final String EPOCH = "TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00'";

    private final Dialect dialect;
    private final Map<Sql, String> texts = new ConcurrentHashMap<>();

    DialectTexts(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The statement, with what it locks first and what goes with it where that can be composed. */
    String of(Sql sql) {
        return texts.computeIfAbsent(sql, this::write);
    }

    private String write(Sql sql) {
        String whole = sql.change() == null ? sql.text() : dialect.changing(sql.change(), sql.text());
        if (dialect.isComposable()) {
            whole = sql.lock() == null ? whole : whole.replace("{locked}", "ARRAY(" + sql.lock() + ")");
            whole = sql.also() == null
                    ? whole
                    : "WITH also AS (" + sql.also() + "), " + whole.substring("WITH ".length());
        }
        return DUE.matcher(whole)
                .replaceAll(this::due)
                .replace("{lease}", dialect.plusMillis("{now}", ":lease_millis"))
                .replace("{past}", dialect.plusMillis("{now}", ":past_millis"))
                .replace("{now}", dialect.now())
                .replace("{locked}", ":locked");
    }

    /** One of the two is null; the database's own now is the floor. */
    private String due(MatchResult match) {
        String parameter = match.group(1) == null ? ":" : match.group(1) + ".";
        return "GREATEST({now}, COALESCE(%s, %s))"
                .formatted(
                        dialect.plusMillis(EPOCH, parameter + "at_millis"),
                        dialect.plusMillis("{now}", parameter + "delay_millis"));
    }
}
