package ee.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import ee.jobqueue.spi.KeyHolders;
import ee.jobqueue.spi.KeyHolders.Question;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** {@link KeyHolders}: who holds a key, of the chains that a store found and of those of the same call. */
class KeyHoldersTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final ChainId OLD = new ChainId("old");
    private static final ChainId NEW = new ChainId("new");
    private static final ChainId NEXT = new ChainId("next");
    private static final Deduplication EVER = Deduplication.ever("k");

    private final KeyHolders<String> holders = new KeyHolders<>();

    @Test
    void aFreeKeyGoesToTheFirstChainThatAsksForIt() {
        assertThat(holders.give(asking(EVER), OLD)).isNull();
        assertThat(holders.give(asking(EVER), NEW)).isEqualTo(OLD);
        assertThat(holders.give(new Question<>("another key", EVER), NEW)).isNull();
    }

    @Test
    void ofSeveralChainsThatWereFoundTheNewestCounts() {
        found(EVER, OLD, Duration.ofMinutes(2));
        found(EVER, NEW, Duration.ofMinutes(1));
        found(EVER, OLD, Duration.ofMinutes(3));

        assertThat(holders.give(asking(EVER), NEXT)).isEqualTo(NEW);
    }

    @Test
    void aChainHoldsItsKeyUntilItsWindowIsOver() {
        Deduplication hour = EVER.within(Duration.ofHours(1));
        Deduplication longer = EVER.within(Duration.ofHours(1).plusMillis(1));
        found(hour, OLD, Duration.ofHours(1));
        found(longer, OLD, Duration.ofHours(1));

        assertThat(holders.give(asking(longer), NEXT)).isEqualTo(OLD);
        assertThat(holders.give(asking(hour), NEXT)).isNull();
    }

    @Test
    void aWindowOfAnyLengthIsCounted() {
        Deduplication endless = EVER.within(Duration.ofSeconds(Long.MAX_VALUE));
        found(endless, OLD, Duration.ofDays(1));

        assertThat(holders.give(asking(endless), NEXT)).isEqualTo(OLD);
    }

    @Test
    void chainsOfTheSameCallAreNewerUnlessTheyAreDisregarded() {
        Deduplication besideOld = EVER.disregarding(OLD);
        Deduplication besideNew = EVER.disregarding(NEW);
        found(EVER, OLD, Duration.ofMinutes(1));
        found(besideNew, OLD, Duration.ofMinutes(1));

        assertThat(holders.give(asking(EVER), NEXT)).isEqualTo(OLD);
        assertThat(holders.give(asking(besideOld), NEW)).isNull();
        assertThat(holders.give(asking(EVER), NEXT)).isEqualTo(NEW);
        assertThat(holders.give(asking(besideNew), NEXT)).isEqualTo(OLD);
        assertThat(holders.give(asking(besideOld.disregarding(NEW)), NEXT)).isNull();
        assertThat(holders.give(asking(besideOld.disregarding(NEXT)), new ChainId("last")))
                .isEqualTo(NEW);
    }

    @Test
    void aChainIsOpenedAgainBesideItselfAndNobodyElse() {
        Question<String> question = Question.reopening("key", "k", OLD);

        assertThat(question.deduplication())
                .isEqualTo(Deduplication.whileIncomplete("k").disregarding(OLD));
        assertThat(holders.give(question, OLD)).isNull();
        assertThat(holders.give(Question.reopening("key", "k", NEW), NEW)).isEqualTo(OLD);
    }

    private static Question<String> asking(Deduplication deduplication) {
        return new Question<>("key", deduplication);
    }

    private void found(Deduplication deduplication, ChainId chain, Duration age) {
        Instant started = NOW.minus(age);
        Job lastJob = new Job(
                new JobId(chain.value()),
                chain,
                "a",
                started,
                "a",
                0,
                Status.PENDING,
                false,
                Priority.DEFAULT,
                0,
                0,
                started,
                started,
                null,
                null,
                null,
                null);
        holders.found(asking(deduplication), lastJob, NOW);
    }
}
