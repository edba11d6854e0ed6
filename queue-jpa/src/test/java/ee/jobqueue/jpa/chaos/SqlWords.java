package ee.jobqueue.jpa.chaos;

/** Looks at statements of SQL. */
final class SqlWords {

    private SqlWords() {}

    /** Whether a statement begins with a word. */
    static boolean isFirst(String word, String statement) {
        return statement.stripLeading().regionMatches(true, 0, word, 0, word.length());
    }

    /** Whether it renews the lease of a worker. */
    static boolean isRenewal(String statement) {
        return statement.contains("UPDATE jobqueue_worker SET lease_until");
    }

    /** Whether it acquires jobs. */
    static boolean isAcquire(String statement) {
        return statement.contains("status = 'RUNNING', attempt = attempt + 1");
    }
}
