package ee.jobqueue.jpa;

/** What each verb costs on MariaDB, which neither composes statements nor returns the rows that an update changed. */
class MariaDbStatementCostTest extends StatementCostContract {

    MariaDbStatementCostTest() {
        super(JpaHarness.mariaDb());
    }

    @Override
    int cost(Cost verb) {
        return switch (verb) {
            case FAIL_WHILE_OTHERS_GO_ON_WAITING -> 4;
            case FAIL_AND_RESOLVE -> 12;
            case START_WITH_A_FAILED_BLOCKER -> 10;
            case FAIL, READ_BLOCKERS, RUNNING, SWEEP_NOT_ELECTED -> 1;
            case START, REAP_NOTHING, START_WITH_A_HELD_KEY -> 2;
            case COMPLETE, CONTINUE, FAIL_FOR_GOOD, RENEW -> 3;
            case COMPLETE_A_CHAIN_OF_SEVERAL, START_WITH_A_NEW_KEY, START_WITH_A_REPLACED_KEY, START_WITH_A_CHOSEN_ID ->
                4;
            case START_2500, ACQUIRE -> 6;
            case START_WITH_BLOCKERS, COMPLETE_AND_UNBLOCK, REAP, DELETE -> 7;
            case CANCEL, TRIGGER -> 5;
            case RETRY -> 6;
            case RETRY_WITH_A_KEY, DELETE_BY_AGE -> 8;
            case COUNTS -> 1;
            case DELETE_WITH_KEYS -> 9;
            case RETRY_WITH_BLOCKERS -> 11;
        };
    }
}
