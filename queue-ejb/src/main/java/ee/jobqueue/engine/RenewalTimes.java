package ee.jobqueue.engine;

import java.time.Duration;

/** Measures for what a renewal of the lease waits, while it waits. Safe for use by several threads. */
final class RenewalTimes {

    private enum Phase {
        THREAD("a thread"),
        TRANSACTION("its transaction to begin"),
        STATEMENT("its connection and statement"),
        COMMIT("its commit");

        private final String name;

        Phase(String name) {
            this.name = name;
        }
    }

    private static final Phase[] PHASES = Phase.values();

    private final Timer timer;
    private final long due;
    private final long[] ends = new long[PHASES.length];
    private int ended;
    private boolean failed;

    /**
     * Measures from now on.
     *
     * @param due when the renewal was to begin
     */
    RenewalTimes(Timer timer, long due) {
        this.timer = timer;
        this.due = due;
        end(Phase.THREAD);
    }

    void transactionBegan() {
        end(Phase.TRANSACTION);
    }

    void statementEnded() {
        end(Phase.STATEMENT);
    }

    void committed() {
        end(Phase.COMMIT);
    }

    /** It waits no more, and did not come further. */
    synchronized void failed() {
        failed = true;
    }

    /** When it began to ask the store: its lease is counted from then. */
    synchronized long begun() {
        return ends[0];
    }

    synchronized Duration took() {
        return Duration.ofNanos(ends[ended - 1] - due);
    }

    /** For listeners; all phases have ended. */
    LeaseRenewed told() {
        return new LeaseRenewed(
                length(Phase.THREAD), length(Phase.TRANSACTION), length(Phase.STATEMENT), length(Phase.COMMIT));
    }

    private synchronized void end(Phase phase) {
        ends[phase.ordinal()] = timer.nanoTime();
        ended = phase.ordinal() + 1;
    }

    private synchronized Duration length(Phase phase) {
        long begin = phase.ordinal() == 0 ? due : ends[phase.ordinal() - 1];
        return Duration.ofNanos(Math.max(0, ends[phase.ordinal()] - begin));
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("it waited");
        for (int i = 0; i < ended; i++) {
            text.append(i == 0 ? " " : ", ")
                    .append(length(PHASES[i]).toMillis())
                    .append(" ms for ")
                    .append(PHASES[i].name);
        }
        if (ended < PHASES.length) {
            text.append(failed ? ", failed while it waited for " : ", waits since ")
                    .append(failed ? "" : (timer.nanoTime() - ends[ended - 1]) / 1_000_000 + " ms for ")
                    .append(PHASES[ended].name);
        }
        return text.toString();
    }
}
