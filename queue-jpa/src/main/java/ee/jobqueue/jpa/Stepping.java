package ee.jobqueue.jpa;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a change and its use apart, for databases in which no statement can use the rows that another one changes. The
 * rows to be changed are picked and locked by the change's own condition, or by the query that locks them first when that is
 * the whole condition, then changed by their ids, then used; those of a deletion are used before it. An insert names its ids by the parameter {@code ids}. The lock keeps the condition true
 * until the change, so that no fence is lost between the steps.
 */
final class Stepping {

    private static final Pattern UPDATE =
            Pattern.compile("UPDATE (?<table>\\w+)(?<alias> (?!SET\\b)\\w+)?\\s+SET\\s.*", Pattern.DOTALL);
    private static final Pattern DELETE =
            Pattern.compile("DELETE FROM (?<table>\\w+)(?<alias> (?!WHERE\\b)\\w+)?\\s.*", Pattern.DOTALL);
    private static final Pattern INSERT = Pattern.compile("INSERT INTO (?<table>\\w+)\\s.*", Pattern.DOTALL);

    private static final String LOCKED = "WHERE id = ANY({locked})";

    private Stepping() {}

    static Steps steps(Sql sql) {
        String also = sql.also();
        if (sql.change() == null) {
            return new Steps(sql.lock(), null, null, sql.text(), also);
        }
        String change = sql.change().strip();
        Matcher insert = INSERT.matcher(change);
        if (insert.matches()) {
            return new Steps(sql.lock(), null, change, using(sql.text(), insert.group("table"), "ids"), also);
        }
        Matcher update = UPDATE.matcher(change);
        if (update.matches()) {
            return picking(sql, change, update, byId(change), also);
        }
        Matcher delete = DELETE.matcher(change);
        if (delete.matches() && also == null) {
            return picking(sql, change, delete, null, byId(change));
        }
        throw new IllegalArgumentException("cannot be taken apart: " + change);
    }

    private static Steps picking(
            Sql sql, String change, Matcher target, @Nullable String before, @Nullable String after) {
        String use = using(sql.text(), target.group("table"), "changed");
        String condition = change.substring(condition(change));
        if (sql.lock() != null && condition.equals(LOCKED)) {
            return new Steps(null, sql.lock(), before, use, after);
        }
        String alias = target.group("alias") == null ? "" : target.group("alias");
        String pick = "SELECT id FROM %s%s\n%s FOR UPDATE".formatted(target.group("table"), alias, condition);
        return new Steps(sql.lock(), pick, before, use, after);
    }

    private static String using(String use, String table, String ids) {
        return use.replace("{changed}", "(SELECT * FROM %s WHERE id = ANY(:%s)) AS changed".formatted(table, ids));
    }

    private static String byId(String change) {
        return change.substring(0, condition(change)) + "WHERE id = ANY(:changed)";
    }

    /** Where the change's own condition begins, which no parenthesis encloses. */
    private static int condition(String change) {
        int depth = 0;
        for (int i = 0; i < change.length(); i++) {
            char c = change.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && change.startsWith("WHERE ", i)) {
                return i;
            }
        }
        throw new IllegalArgumentException("has no condition: " + change);
    }
}
