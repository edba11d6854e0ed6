package ee.jobqueue.jpa;

/** What each verb costs on H2, which composes less, and reads the time by a statement of its own. */
class H2StatementCostTest extends StatementCostContract {

    H2StatementCostTest() {
        super(JpaHarness.h2());
    }

    @Override
    int cost(Cost verb) {
        return switch (verb) {
            case FAIL_WHILE_OTHERS_GO_ON_WAITING -> 3;
            case FAIL_AND_RESOLVE -> 8;
            case START_WITH_A_FAILED_BLOCKER -> 7;
            case RUNNING, COUNTS -> 1;
            case START, COMPLETE, CONTINUE, FAIL, FAIL_FOR_GOOD, READ_BLOCKERS, SWEEP_NOT_ELECTED -> 2;
            case COMPLETE_A_CHAIN_OF_SEVERAL, START_WITH_A_HELD_KEY, RENEW, REAP_NOTHING, GIVE_BACK -> 3;
            case START_2500, START_WITH_A_REPLACED_KEY, COMPLETE_AND_UNBLOCK, CANCEL, TRIGGER -> 4;
            case START_WITH_A_NEW_KEY, START_WITH_BLOCKERS, START_WITH_A_CHOSEN_ID, ACQUIRE, REAP, RETRY -> 5;
            case RETRY_WITH_A_KEY -> 7;
            case RETRY_WITH_BLOCKERS, DELETE -> 8;
            case DELETE_BY_AGE -> 9;
            case DELETE_WITH_KEYS -> 19;
        };
    }
}
