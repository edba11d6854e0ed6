package ee.jobqueue.jpa;

import ee.jobqueue.ChainId;
import ee.jobqueue.JobId;
import java.util.List;

/**
 * Fills the tables with 200,000 jobs of seven types: of every five, two of a chain that is over, one that is a chain of its
 * own and over, one scheduled ahead, and one due. Each that is over had a blocker. Every tenth chain that is over held a key of
 * its own; the chains of one job that are over have one key in common, and those that are scheduled ahead another one. Beside
 * them a hundred jobs wait for chains that are open.
 *
 * <p>Job {@code n} has the id {@link #id}, so that tests can name one.
 */
final class LargeTables {

    /** How many jobs there are, without those that wait. */
    static final int JOBS = 200_000;

    /** How many there were when statistics that are stale were made: as many as let PostgreSQL make them by itself. */
    static final int FEW = 1_000;

    /** How many jobs wait. */
    static final int WAITING = 100;

    /** A job that is over, in the middle: the last of a chain of two. */
    static final int OVER = JOBS / 2 + 1;

    private static final int TYPES = 7;

    /** The first chain for which a job waits; every fifth after it is another. */
    private static final int AWAITED = 3;

    private static final String FILL_JOBS = """
            INSERT INTO jobqueue_job (id, chain_id, chain_type, chain_started_at, chain_position, continued, awaited, type,
                status, chain_status, input, output, attempt, failures, conflicts, blocked, created_at, scheduled_at,
                ended_at, priority, deduplication_key)
            SELECT {id n}, CASE WHEN MOD(n, 5) = 1 THEN {id n - 1} ELSE {id n} END, {type}, {now - n},
                CASE WHEN MOD(n, 5) = 1 THEN 1 ELSE 0 END, MOD(n, 5) = 0, FALSE, {type},
                CASE WHEN MOD(n, 5) < 3 THEN 'COMPLETED' ELSE 'PENDING' END,
                CASE WHEN MOD(n, 5) IN (0, 2) THEN 'COMPLETED' ELSE NULL END, REPEAT('x', 300), NULL, 1, 0, 0, FALSE,
                {now - n}, CASE WHEN MOD(n, 5) = 3 THEN {now + n} ELSE {now - n} END,
                CASE WHEN MOD(n, 5) < 3 THEN {now - n} ELSE NULL END, CASE WHEN MOD(n, 50) = 3 THEN 9 ELSE 4 END,
                CASE WHEN MOD(n, 50) = 0 THEN {text n} WHEN MOD(n, 5) = 2 THEN 'over' WHEN MOD(n, 5) = 3 THEN 'open' ELSE NULL
                END
            FROM {numbers}
            """;

    private static final String FILL_BLOCKERS = """
            INSERT INTO jobqueue_blocker (job_id, position, chain_id)
            SELECT {id n}, 0, {id n - MOD(n, 5)} FROM {numbers} WHERE MOD(n, 5) < 3
            """;

    private static final String FILL_KEYS = """
            INSERT INTO jobqueue_deduplication (chain_type, deduplication_key, chain_id)
            SELECT {type}, {text n}, {id n} FROM {numbers} WHERE MOD(n, 50) = 0
            """;

    private static final String FILL_SHARED_KEYS = """
            INSERT INTO jobqueue_deduplication (chain_type, deduplication_key, chain_id)
            SELECT {type}, CASE WHEN n < 7 THEN 'over' ELSE 'open' END, {id n} FROM {numbers} WHERE n < 14
            """;

    private static final String FILL_WAITING = """
            INSERT INTO jobqueue_job (id, chain_id, chain_type, chain_started_at, chain_position, continued, awaited, type,
                status, input, attempt, failures, conflicts, blocked, created_at, scheduled_at, priority)
            SELECT {id n + %1$d}, {id n + %1$d}, 'waiting', {now - n}, 0, FALSE, FALSE, 'waiting', 'BLOCKED', '{}', 0, 0, 0,
                TRUE, {now - n}, {now - n}, 4
            FROM {numbers}
            """.formatted(JOBS);

    private static final String FILL_WAITED_FOR = """
            INSERT INTO jobqueue_blocker (job_id, position, chain_id)
            SELECT {id n + %d}, 0, {id n * 5 + %d} FROM {numbers}
            """.formatted(JOBS, AWAITED);

    private static final String MARK_AWAITED = """
            UPDATE jobqueue_job SET awaited = TRUE WHERE id IN (
                SELECT blocker.chain_id FROM jobqueue_blocker blocker WHERE blocker.job_id >= {id %d})
            """.formatted(JOBS);

    /** As many rows as the text of a JSON array has elements: MySQL knows neither series nor sequences. */
    private static final String PLACES =
            "JSON_TABLE(CONCAT('[0', REPEAT(',0', %d), ']'), '$[*]' COLUMNS (place FOR ORDINALITY)) AS places";

    private LargeTables() {}

    /** Writes the jobs from a number on up to another one. */
    static void fill(SqlDatabase kind, TestDatabase database, int from, int before) {
        for (String statement : List.of(FILL_JOBS, FILL_BLOCKERS, FILL_KEYS, FILL_SHARED_KEYS)) {
            database.execute(spelled(kind, statement, from, before));
        }
    }

    /** Writes the jobs that wait, whose chains are there. */
    static void addWaiting(SqlDatabase kind, TestDatabase database) {
        for (String statement : List.of(FILL_WAITING, FILL_WAITED_FOR, MARK_AWAITED)) {
            database.execute(spelled(kind, statement, 0, WAITING));
        }
    }

    /** The id of a job, or of a chain by its first job. */
    static String id(int number) {
        return "%08x-0000-7000-8000-000000000000".formatted(number);
    }

    static ChainId chain(int number) {
        return new ChainId(id(number));
    }

    /** An open chain for which one job waits. */
    static ChainId awaited(int number) {
        return chain(AWAITED + 5 * number);
    }

    /** Of the open chains of a type that have one key the newest. */
    static ChainId newestOpen(int type) {
        int number = AWAITED;
        while (number % TYPES != type) {
            number += 5;
        }
        return chain(number);
    }

    static JobId job(int number) {
        return new JobId(id(number));
    }

    private static String spelled(SqlDatabase kind, String statement, int from, int before) {
        boolean isPostgreSql = kind == SqlDatabase.POSTGRESQL;
        return statement
                .replaceAll(
                        "\\{id ([^}]+)}",
                        isPostgreSql
                                ? "CAST(LPAD(TO_HEX($1), 8, '0') || '-0000-7000-8000-000000000000' AS uuid)"
                                : "CONCAT(LOWER(LPAD(HEX($1), 8, '0')), '-0000-7000-8000-000000000000')")
                .replaceAll(
                        "\\{now ([+-]) n}",
                        isPostgreSql ? "now() $1 n * INTERVAL '1 second'" : "UTC_TIMESTAMP(3) $1 INTERVAL n SECOND")
                .replace("{type}", isPostgreSql ? "'type' || MOD(n, 7)" : "CONCAT('type', MOD(n, 7))")
                .replace("{text n}", isPostgreSql ? "CAST(n AS text)" : "CAST(n AS char)")
                .replace(
                        "{numbers}",
                        isPostgreSql
                                ? "generate_series(%d, %d) AS numbers(n)".formatted(from, before - 1)
                                : "(SELECT CAST(place AS signed) - 1 + %d AS n FROM %s) AS numbers"
                                        .formatted(from, PLACES.formatted(before - from - 1)));
    }
}
