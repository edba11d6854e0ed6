package ee.jobqueue.jpa;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Rewrites the notation of arrays in {@link Statements} for databases that have none. {@code = ANY(:ids)} becomes a
 * list of parameters; {@code UNNEST(CAST(:ids AS UUID ARRAY), …) AS job(id, …)} becomes rows that the database reads
 * from one parameter of JSON, whose name tells which arrays it is made of; casts of parameters are left out.
 */
final class ArrayNotation {

    private static final Pattern ANY = Pattern.compile("= ANY\\(([^()]+)\\)");
    private static final Pattern ALL = Pattern.compile("<> ALL\\(([^()]+)\\)");
    private static final Pattern CAST = Pattern.compile("CAST\\((:\\w+) AS \\w+\\)");
    private static final Pattern ARRAY = Pattern.compile("CAST\\(:(\\w+) AS (\\w+) ARRAY\\)");
    private static final Pattern UNNEST = Pattern.compile(
            "UNNEST\\(((?:\\s*CAST\\(:\\w+ AS \\w+ ARRAY\\),?)+)\\)\\s*AS (\\w+)\\(([^)]*)\\)",
            Pattern.CASE_INSENSITIVE);

    private static final String ROWS = "rows__";
    private static final String SEPARATOR = "__";

    private ArrayNotation() {}

    /** Writes how a database reads the columns of JSON rows. */
    interface JsonTable {
        /**
         * A table expression.
         *
         * @param parameter an array of arrays, with its colon
         * @param alias the name of the table
         * @param names the names of the columns
         * @param types their types: UUID, VARCHAR, BOOLEAN, INTEGER or BIGINT
         */
        String of(String parameter, String alias, List<String> names, List<String> types);
    }

    static String rewrite(String text, JsonTable table) {
        String rows =
                UNNEST.matcher(text).replaceAll(match -> java.util.regex.Matcher.quoteReplacement(rows(match, table)));
        String lists = ALL.matcher(ANY.matcher(rows).replaceAll("IN ($1)")).replaceAll("NOT IN ($1)");
        return CAST.matcher(lists).replaceAll("$1");
    }

    private static String rows(MatchResult unnest, JsonTable table) {
        List<MatchResult> arrays = ARRAY.matcher(unnest.group(1)).results().toList();
        String parameter = ":" + ROWS
                + String.join(
                        SEPARATOR, arrays.stream().map(array -> array.group(1)).toList());
        return table.of(
                parameter,
                unnest.group(2),
                List.of(unnest.group(3).split("\\s*,\\s*")),
                arrays.stream().map(array -> array.group(2)).toList());
    }

    /** Whether a parameter stands for rows that are made of arrays. */
    static boolean isRows(String parameter) {
        return parameter.startsWith(ROWS);
    }

    /**
     * The JSON text of a parameter that stands for rows: an array of arrays.
     *
     * @param parameter its name
     * @param arrays the arrays by their names, all of one length
     */
    static String json(String parameter, Map<String, Object[]> arrays) {
        List<Object[]> columns = Arrays.stream(
                        parameter.substring(ROWS.length()).split(SEPARATOR))
                .map(arrays::get)
                .toList();
        StringJoiner rows = new StringJoiner(",", "[", "]");
        for (int i = 0; i < columns.get(0).length; i++) {
            StringJoiner row = new StringJoiner(",", "[", "]");
            for (Object[] column : columns) {
                row.add(JsonValue.of(column[i]));
            }
            rows.add(row.toString());
        }
        return rows.toString();
    }
}
