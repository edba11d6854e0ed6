package ee.jobqueue.jpa;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The servers that understand {@link MariaDb}, and the words in which they differ. Migrations are written for the first of
 * them. Where there is no type for UUIDs they are texts of 36 bytes, which people can read and JSON can hold; in lower case
 * they sort as UUIDs do, so that those of version 7 stay in the order of time.
 */
enum MariaDbVariant {
    /** MariaDB 10.7 and newer. */
    NATIVE_IDS,

    /** MariaDB 10.6, which has no type for UUIDs, and newer ones whose tables come from there. */
    TEXT_IDS {
        @Override
        String migration(String script) {
            return UUID.matcher(script).replaceAll(TEXT);
        }

        @Override
        String idType() {
            return TEXT;
        }
    },

    /**
     * MySQL 8.0.19 and newer: it has other collations, no conditions in DDL, casts to no {@code INTEGER}, and locks no rows of
     * JSON.
     */
    MYSQL {
        @Override
        String migration(String script) {
            String unconditional = CONDITION.matcher(TEXT_IDS.migration(script)).replaceAll("$1");
            return TEXT_DEFAULT
                    .matcher(unconditional.replace(super.collation(), collation()))
                    .replaceAll("$1($2)");
        }

        @Override
        String idType() {
            return TEXT;
        }

        @Override
        String collation() {
            return "utf8mb4_0900_bin";
        }

        @Override
        String spelled(String statement) {
            String cast = statement.replace("AS INTEGER)", "AS SIGNED)");
            return cast.contains("AS asked\n") ? cast.replace("FOR UPDATE", "FOR UPDATE OF held") : cast;
        }

        @Override
        boolean saysDone(SQLException error) {
            return DONE.contains(error.getErrorCode());
        }
    };

    private static final String TEXT = "char(36) CHARACTER SET ascii COLLATE ascii_bin";

    private static final Pattern UUID = Pattern.compile("\\buuid\\b");
    private static final Pattern CONDITION =
            Pattern.compile("((?:ADD COLUMN|CREATE (?:UNIQUE )?INDEX|DROP INDEX|DROP COLUMN)) IF (?:NOT )?EXISTS");

    /** A text has no default but an expression. */
    private static final Pattern TEXT_DEFAULT = Pattern.compile("(longtext NOT NULL DEFAULT )('[^']*')");

    /** A column or an index that is there already, or not any more. */
    private static final Set<Integer> DONE = Set.of(1060, 1061, 1091);

    /** A migration's script in the server's words. */
    String migration(String script) {
        return script;
    }

    /** The type of a column of ids in rows of JSON, which know no UUIDs. */
    String idType() {
        return "CHAR(36) CHARACTER SET ascii";
    }

    /** Byte by byte, trailing spaces included. */
    String collation() {
        return "utf8mb4_nopad_bin";
    }

    /** A statement in the server's words. */
    String spelled(String statement) {
        return statement;
    }

    /** Whether the error of a statement in a migration says that it was executed before. */
    boolean saysDone(SQLException error) {
        return false;
    }

    boolean hasTextIds() {
        return this != NATIVE_IDS;
    }
}
