package ee.jobqueue.sample.fulfilment;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The shop's rules: {@code sample.*} in the configuration. Immutable. */
@Dependent
class FulfilmentRules {

    private final BigDecimal approvalLimit;
    private final Duration approvalDeadline;
    private final Duration reminderDelay;
    private final String approver;

    @Inject
    FulfilmentRules(
            @ConfigProperty(name = "sample.approval-limit") BigDecimal approvalLimit,
            @ConfigProperty(name = "sample.approval-deadline") Duration approvalDeadline,
            @ConfigProperty(name = "sample.reminder-delay") Duration reminderDelay,
            @ConfigProperty(name = "sample.approver") String approver) {
        this.approvalLimit = approvalLimit;
        this.approvalDeadline = notNegative("sample.approval-deadline", approvalDeadline);
        this.reminderDelay = notNegative("sample.reminder-delay", reminderDelay);
        this.approver = approver;
    }

    /** Whether a person has to agree to an order of this total. */
    boolean needsApproval(BigDecimal total) {
        return total.compareTo(approvalLimit) > 0;
    }

    /** How long a large order waits for a decision before it is refused. */
    Duration approvalDeadline() {
        return approvalDeadline;
    }

    /** How long a large order waits before someone is reminded. */
    Duration reminderDelay() {
        return reminderDelay;
    }

    /** Who decides on large orders. */
    String approver() {
        return approver;
    }

    private static Duration notNegative(String property, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(property + ": " + value + " is negative; set 0 or more, as in PT10M");
        }
        return value;
    }
}
