package ee.jobqueue.jpa;

/** What each verb costs on SQLite, where no statement uses the rows that another one changes; one more takes the writer's turn. */
class SqliteStatementCostTest extends StatementCostContract {

    SqliteStatementCostTest() {
        super(JpaHarness.sqlite());
    }

    @Override
    int cost(Cost verb) {
        return switch (verb) {
            case FAIL_WHILE_OTHERS_GO_ON_WAITING -> 5;
            case FAIL_AND_RESOLVE -> 12;
            case START_WITH_A_FAILED_BLOCKER -> 9;
            case READ_BLOCKERS, RUNNING -> 1;
            case FAIL, SWEEP_NOT_ELECTED -> 2;
            case START, REAP_NOTHING, GIVE_BACK, START_WITH_A_HELD_KEY -> 3;
            case COMPLETE, CONTINUE, FAIL_FOR_GOOD, RENEW -> 4;
            case COMPLETE_A_CHAIN_OF_SEVERAL, START_WITH_A_NEW_KEY, START_WITH_A_REPLACED_KEY, START_WITH_A_CHOSEN_ID ->
                5;
            case START_2500, ACQUIRE, START_WITH_BLOCKERS -> 7;
            case COMPLETE_AND_UNBLOCK, REAP, DELETE -> 8;
            case CANCEL, TRIGGER -> 6;
            case RETRY -> 7;
            case RETRY_WITH_A_KEY, DELETE_BY_AGE -> 9;
            case COUNTS -> 1;
            case DELETE_WITH_KEYS -> 10;
            case RETRY_WITH_BLOCKERS -> 11;
        };
    }
}
