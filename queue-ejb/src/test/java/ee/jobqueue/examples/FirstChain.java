package ee.jobqueue.examples;

import ee.jobqueue.Attempt;
import ee.jobqueue.Chain;
import ee.jobqueue.ChainStart;
import ee.jobqueue.ChainStep;
import ee.jobqueue.JobProcessor;
import ee.jobqueue.JobQueue;
import ee.jobqueue.JobType;
import ee.jobqueue.Outcome;
import ee.jobqueue.StagedAttempt;
import ee.jobqueue.StagedJobProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;

/**
 * A chain of two jobs: an atomic one on the application's own tables, and a staged one that calls a payment provider. What
 * is nested here is a file of its own in an application.
 *
 * @since 0.1
 */
public interface FirstChain {

    // region types
    @JobType(value = "reserve-stock", continuesWith = ChargeCard.class)
    public record ReserveStock(long orderId) implements ChainStart<OrderResult> {}

    @JobType("charge-card")
    public record ChargeCard(long orderId, BigDecimal amount) implements ChainStep<OrderResult> {}

    public record OrderResult(boolean accepted, String note) {}
    // endregion

    // region atomic
    @ApplicationScoped
    public class ReserveStockProcessor implements JobProcessor<ReserveStock, OrderResult> {

        @Inject
        Stock stock;

        @Override
        public Outcome<? extends OrderResult> execute(ReserveStock input, Attempt attempt) {
            if (!stock.take(input.orderId())) {
                return Outcome.complete(new OrderResult(false, "sold out"));
            }
            return Outcome.continueWith(new ChargeCard(input.orderId(), stock.priceOf(input.orderId())));
        }
    }
    // endregion

    // region staged
    @ApplicationScoped
    public class ChargeCardProcessor implements StagedJobProcessor<ChargeCard, OrderResult> {

        @Inject
        Payments payments;

        @Inject
        Orders orders;

        @Override
        public Outcome<? extends OrderResult> execute(ChargeCard input, StagedAttempt attempt) {
            String receipt = payments.charge(input.amount(), attempt.idempotencyKey());
            return Outcome.inTransaction(() -> {
                orders.markPaid(input.orderId(), receipt);
                return Outcome.complete(new OrderResult(true, receipt));
            });
        }
    }
    // endregion

    // region start
    @ApplicationScoped
    public class Checkout {

        @Inject
        JobQueue queue;

        @Inject
        Orders orders;

        @Transactional
        public Chain<OrderResult> place(Order order) {
            orders.add(order);
            return queue.start(new ReserveStock(order.id()));
        }
    }
    // endregion

    /** An order. */
    record Order(long id) {}

    /** The application's orders, in its own tables. */
    interface Orders {

        void add(Order order);

        void markPaid(long orderId, String receipt);
    }

    /** The application's stock, in its own tables. */
    interface Stock {

        boolean take(long orderId);

        BigDecimal priceOf(long orderId);
    }

    /** The payment provider, elsewhere. */
    interface Payments {

        String charge(BigDecimal amount, String idempotencyKey);
    }
}
