package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Portfolio;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final Sequencer sequencer = new Sequencer(Portfolio.empty(ANN, "e1"));

  private static Booking booking(String epoch, long seq) {
    return new Booking(
        ANN, epoch, seq - 1, seq, List.of(Events.account("" + seq, NOON)), Cause.STREAM, NOON);
  }

  private List<Long> take(long seq) {
    return sequencer.take(booking("e1", seq)).stream().map(step -> step.after().seq()).toList();
  }

  @Test
  void theNextBookingIsAppliedAndADuplicateIsNot() {
    assertThat(take(1)).containsExactly(1L);
    assertThat(take(1)).isEmpty();
    assertThat(sequencer.isBehind()).isFalse();
  }

  @Test
  void earlyBookingsWaitForTheOnesBefore() {
    assertThat(take(3)).isEmpty();
    assertThat(take(2)).isEmpty();
    assertThat(sequencer.isBehind()).isTrue();

    assertThat(take(1)).containsExactly(1L, 2L, 3L);
    assertThat(sequencer.isBehind()).isFalse();
  }

  @Test
  void aBookingThatFillsPartOfTheHoleLeavesTheRest() {
    assertThat(take(4)).isEmpty();
    assertThat(take(1)).containsExactly(1L);
    assertThat(sequencer.isBehind()).isTrue();
  }

  @Test
  void aPositionSeenElsewhereSaysThatSomethingIsMissing() {
    sequencer.heard("e1", 2);

    assertThat(sequencer.isBehind()).isTrue();
    take(1);
    take(2);
    assertThat(sequencer.isBehind()).isFalse();
  }

  @Test
  void aBookingOfAnotherNumberingIsNotApplied() {
    assertThat(sequencer.take(booking("e2", 1))).isEmpty();
    assertThat(sequencer.isBehind()).isTrue();

    sequencer.confirm();

    assertThat(sequencer.isBehind()).isFalse();
  }

  @Test
  void aWholePortfolioReplacesOnlyAnEarlierOne() {
    take(1);
    take(2);

    assertThat(sequencer.replace(Portfolio.empty(ANN, "e1"))).isFalse();
    assertThat(sequencer.portfolio().seq()).isEqualTo(2);

    assertThat(sequencer.replace(Portfolio.empty(ANN, "e2"))).isTrue();
    assertThat(sequencer.portfolio().epoch()).isEqualTo("e2");
    assertThat(sequencer.isBehind()).isFalse();
  }

  @Test
  void manyEarlyBookingsAreForgottenButNotTheFactThatSomethingIsMissing() {
    for (int seq = 1_000; seq > 1; seq--) {
      assertThat(take(seq)).isEmpty();
    }
    assertThat(take(1).size()).isLessThan(100);
    assertThat(sequencer.isBehind()).isTrue();
  }
}
