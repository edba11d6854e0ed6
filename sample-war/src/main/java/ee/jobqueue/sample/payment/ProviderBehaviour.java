package ee.jobqueue.sample.payment;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How badly the simulated provider behaves: {@code sample.payment.*} in the configuration. Immutable. */
@Dependent
class ProviderBehaviour {

    private final Duration latency;
    private final Duration settlement;
    private final double failureRate;
    private final double declineRate;

    @Inject
    ProviderBehaviour(
            @ConfigProperty(name = "sample.payment.latency") Duration latency,
            @ConfigProperty(name = "sample.payment.settlement") Duration settlement,
            @ConfigProperty(name = "sample.payment.failure-rate") double failureRate,
            @ConfigProperty(name = "sample.payment.decline-rate") double declineRate) {
        this.latency = notNegative("sample.payment.latency", latency);
        this.settlement = notNegative("sample.payment.settlement", settlement);
        this.failureRate = rate("sample.payment.failure-rate", failureRate);
        this.declineRate = rate("sample.payment.decline-rate", declineRate);
    }

    /** How long a call takes. */
    Duration latency() {
        return latency;
    }

    /** How long the bank takes to confirm a payment. */
    Duration settlement() {
        return settlement;
    }

    /** Whether this call meets a fault. */
    boolean fails() {
        return ThreadLocalRandom.current().nextDouble() < failureRate;
    }

    /** Whether a fault comes after the work, so that only the answer is lost. */
    boolean losesAnswer() {
        return ThreadLocalRandom.current().nextBoolean();
    }

    /** Whether the bank says no to this payment. */
    boolean declines() {
        return ThreadLocalRandom.current().nextDouble() < declineRate;
    }

    private static Duration notNegative(String property, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(property + ": " + value + " is negative; set 0 or more, as in PT0.04S");
        }
        return value;
    }

    private static double rate(String property, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(property + ": " + value + " is no rate; set a number from 0 to 1");
        }
        return value;
    }
}
