package ee.jobqueue.jpa;

import ee.jobqueue.spi.ErrorKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of errors as the documentation shows it: a row for each kind of a database, those of the standard by themselves. */
final class ErrorsPage {

    private ErrorsPage() {}

    /** What the documentation has to contain of a database. */
    static String of(SqlDatabase database) {
        List<ErrorTable.Row> own = database.dialect().errors().rows().stream()
                .filter(row -> !ErrorTable.STANDARD.rows().contains(row))
                .toList();
        return rows(name(database), own);
    }

    /** What it has to contain of all of them. */
    static String ofTheStandard() {
        return rows("every SQL database", ErrorTable.STANDARD.rows());
    }

    private static String rows(String database, List<ErrorTable.Row> rows) {
        StringBuilder page = new StringBuilder();
        for (ErrorKind kind : ErrorKind.values()) {
            String errors = rows.stream()
                    .filter(row -> row.kind() == kind)
                    .map(row -> "`%s` %s".formatted(key(row), row.meaning()))
                    .collect(Collectors.joining(" · "));
            if (!errors.isEmpty()) {
                page.append("| %s | %s | %s |\n".formatted(database, kind.name().toLowerCase(Locale.ROOT), errors));
            }
        }
        return page.toString();
    }

    private static String key(ErrorTable.Row row) {
        return row.state() == null ? Integer.toString(row.code()) : row.state();
    }

    private static String name(SqlDatabase database) {
        return database.dialect() instanceof MariaDb ? "MariaDB, MySQL" : database.title();
    }
}
