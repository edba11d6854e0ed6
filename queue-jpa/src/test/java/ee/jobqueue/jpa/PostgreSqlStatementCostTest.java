package ee.jobqueue.jpa;

/** What each verb costs on PostgreSQL, as promised. */
class PostgreSqlStatementCostTest extends StatementCostContract {

    PostgreSqlStatementCostTest() {
        super(JpaHarness.postgreSql());
    }

    @Override
    int cost(Cost verb) {
        return switch (verb) {
            case FAIL_WHILE_OTHERS_GO_ON_WAITING -> 2;
            case FAIL_AND_RESOLVE -> 7;
            case START_WITH_A_FAILED_BLOCKER -> 4;
            case START,
                    ACQUIRE,
                    COMPLETE,
                    CONTINUE,
                    FAIL,
                    FAIL_FOR_GOOD,
                    READ_BLOCKERS,
                    GIVE_BACK,
                    RENEW,
                    RUNNING,
                    REAP_NOTHING,
                    SWEEP_NOT_ELECTED,
                    COUNTS -> 1;
            case START_WITH_A_HELD_KEY, START_WITH_BLOCKERS, COMPLETE_A_CHAIN_OF_SEVERAL, REAP -> 2;
            case START_2500,
                    START_WITH_A_NEW_KEY,
                    START_WITH_A_REPLACED_KEY,
                    START_WITH_A_CHOSEN_ID,
                    COMPLETE_AND_UNBLOCK,
                    CANCEL,
                    TRIGGER -> 3;
            case RETRY -> 4;
            case RETRY_WITH_A_KEY, RETRY_WITH_BLOCKERS -> 6;
            case DELETE -> 7;
            case DELETE_BY_AGE -> 8;
            case DELETE_WITH_KEYS -> 9;
        };
    }
}
