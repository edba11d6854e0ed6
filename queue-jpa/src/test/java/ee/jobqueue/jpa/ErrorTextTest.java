package ee.jobqueue.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.Schedule;
import ee.jobqueue.Status;
import ee.jobqueue.spi.Blockers;
import ee.jobqueue.spi.NewJob;
import ee.jobqueue.spi.NewWorker;
import ee.jobqueue.spi.StoredJob;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An attempt's error is the application's text, whatever is in it. */
class ErrorTextTest {

    @Test
    void anAttemptFailsThoughItsErrorHasACharacterThatPostgreSqlRefuses() throws Exception {
        try (JpaHarness harness = JpaHarness.postgreSql()) {
            NewJob job = new NewJob("a", "{}", Schedule.NOW, Blockers.NONE, null);
            harness.transactions().inNew(null, () -> harness.store().start(List.of(job)));
            StoredJob running = harness.transactions().inNew(null, () -> {
                var worker = harness.store().register(new NewWorker("a server", Set.of(), 10), Duration.ofMinutes(1));
                return harness.store().acquire(worker, Set.of("a"), 1).jobs().get(0);
            });

            harness.transactions().inNew(null, () -> harness.store().fail(running.token(), "at \0 byte 0", null));

            StoredJob failed = harness.store().job(running.job().id()).orElseThrow();
            assertThat(failed.job().status()).isEqualTo(Status.FAILED);
            assertThat(failed.job().lastError()).isEqualTo("at \uFFFD byte 0");
        }
    }
}
