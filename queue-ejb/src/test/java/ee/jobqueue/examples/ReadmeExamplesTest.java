package ee.jobqueue.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ee.jobqueue.Chain;
import ee.jobqueue.ChainFilter;
import ee.jobqueue.Job;
import ee.jobqueue.JobId;
import ee.jobqueue.PageRequest;
import ee.jobqueue.engine.ProcessorHandle;
import ee.jobqueue.engine.ProcessorRegistration;
import ee.jobqueue.engine.ProcessorRegistration.Mode;
import ee.jobqueue.examples.FirstChain.ChargeCard;
import ee.jobqueue.examples.FirstChain.ChargeCardProcessor;
import ee.jobqueue.examples.FirstChain.Checkout;
import ee.jobqueue.examples.FirstChain.Order;
import ee.jobqueue.examples.FirstChain.OrderResult;
import ee.jobqueue.examples.FirstChain.ReserveStock;
import ee.jobqueue.examples.FirstChain.ReserveStockProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples of the documentation do what the pages say, and the pages show them as they are. */
class ReadmeExamplesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path SOURCE = Path.of("src/test/java/ee/jobqueue/examples/FirstChain.java");
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private final Shop shop = new Shop();
    private final Checkout checkout = new Checkout();
    private ExampleServer server;

    @BeforeEach
    void deploy() {
        ReserveStockProcessor reserve = new ReserveStockProcessor();
        reserve.stock = shop;
        ChargeCardProcessor charge = new ChargeCardProcessor();
        charge.payments = shop;
        charge.orders = shop;
        server = new ExampleServer(List.of(
                new ProcessorRegistration(
                        ReserveStock.class,
                        Mode.ATOMIC,
                        ReserveStockProcessor.class,
                        ProcessorHandle.of((input, attempt) -> reserve.execute((ReserveStock) input, attempt))),
                new ProcessorRegistration(
                        ChargeCard.class,
                        Mode.STAGED,
                        ChargeCardProcessor.class,
                        ProcessorHandle.of((input, attempt) -> charge.execute((ChargeCard) input, attempt)))));
        checkout.queue = server.queue();
        checkout.orders = shop;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anOrderRunsThroughBothJobsOfItsChain() throws Exception {
        shop.sell(1);

        Chain<OrderResult> chain = server.transactional(() -> checkout.place(new Order(7)));
        OrderResult result = server.queue().await(chain, LONG_ENOUGH);

        List<Job> jobs = server.queue().jobs(chain.id());
        assertThat(jobs).extracting(Job::type).containsExactly("reserve-stock", "charge-card");
        JobId charge = jobs.get(1).id();
        assertThat(result).isEqualTo(new OrderResult(true, "receipt for " + charge));
        assertThat(shop.paid()).isEqualTo(Map.of(7L, "receipt for " + charge));
    }

    @Test
    void anOrderOfSomethingSoldOutEndsAfterTheFirstJob() throws Exception {
        Chain<OrderResult> chain = server.transactional(() -> checkout.place(new Order(7)));

        assertThat(server.queue().await(chain, LONG_ENOUGH)).isEqualTo(new OrderResult(false, "sold out"));
        assertThat(server.queue().jobs(chain.id())).hasSize(1);
        assertThat(shop.paid()).isEmpty();
    }

    @Test
    void anOrderWhoseTransactionRollsBackLeavesNoChain() {
        assertThatIllegalStateException()
                .isThrownBy(() -> server.transactional(() -> {
                    checkout.place(new Order(7));
                    throw new IllegalStateException("no");
                }));

        assertThat(server.queue().chains(ChainFilter.ALL, PageRequest.first(10)).entries())
                .isEmpty();
    }

    @Test
    void thePagesShowTheExamplesAsTheyAre() throws IOException {
        Map<String, String> regions = Page.regions(SOURCE);

        Page.all(ROOT)
                .forEach((name, page) -> assertThat(regions)
                        .as("the regions that %s shows", name)
                        .containsAllEntriesOf(page.shown()));
    }

    @Test
    void theReadmeShowsEveryRegionAndNoOtherJava() throws IOException {
        Page readme = Page.all(ROOT).get("README.md");

        assertThat(readme.shown().keySet()).isEqualTo(Page.regions(SOURCE).keySet());
        assertThat(readme.javaBlocks()).isEqualTo(readme.shown().size());
    }
}
