package ee.jobqueue.jpa;

import org.junit.jupiter.api.Nested;

/** What each verb costs in MariaDB's dialect, which neither composes statements nor returns the rows of a change. */
class MariaDbStatementCostTest {

    abstract static class StatementCostTest extends StatementCostContract {

        StatementCostTest(SqlDatabase kind) {
            super(kind.harness());
        }

        @Override
        int cost(Cost verb) {
            return switch (verb) {
                case FAIL_WHILE_OTHERS_GO_ON_WAITING -> 4;
                case FAIL_AND_RESOLVE -> 11;
                case START_WITH_A_FAILED_BLOCKER -> 8;
                case FAIL, READ_BLOCKERS, RUNNING, SWEEP_NOT_ELECTED -> 1;
                case START, REAP_NOTHING, GIVE_BACK, START_WITH_A_HELD_KEY -> 2;
                case COMPLETE, CONTINUE, FAIL_FOR_GOOD, RENEW -> 3;
                case COMPLETE_A_CHAIN_OF_SEVERAL,
                        START_WITH_A_NEW_KEY,
                        START_WITH_A_REPLACED_KEY,
                        START_WITH_A_CHOSEN_ID -> 4;
                case START_2500, ACQUIRE, START_WITH_BLOCKERS -> 6;
                case COMPLETE_AND_UNBLOCK, REAP, DELETE -> 7;
                case CANCEL, TRIGGER -> 5;
                case RETRY -> 6;
                case RETRY_WITH_A_KEY, DELETE_BY_AGE -> 8;
                case COUNTS -> 1;
                case DELETE_WITH_KEYS -> 9;
                case RETRY_WITH_BLOCKERS -> 10;
            };
        }
    }

    @Nested
    class OnMariaDb extends StatementCostTest {
        OnMariaDb() {
            super(SqlDatabase.MARIADB);
        }
    }

    @Nested
    class OnMariaDb1011 extends StatementCostTest {
        OnMariaDb1011() {
            super(SqlDatabase.MARIADB_10_11);
        }
    }

    @Nested
    class OnMariaDb118 extends StatementCostTest {
        OnMariaDb118() {
            super(SqlDatabase.MARIADB_11_8);
        }
    }

    @Nested
    class OnMySql extends StatementCostTest {
        OnMySql() {
            super(SqlDatabase.MYSQL);
        }
    }
}
