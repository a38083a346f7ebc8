package io.portfoliostream.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CadenceTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final long WINDOW = 1_000;
  private static final long MAX_WAIT = 400;

  private final Cadence cadence = new Cadence(WINDOW, MAX_WAIT);

  private boolean touch(String symbol, long at) {
    return cadence.touch(symbol, NOON.plusNanos(at), at, NOON.plusNanos(at));
  }

  @Test
  void theFirstChangeIsDueAtOnce() {
    assertThat(touch("AAPL", 5)).isTrue();

    assertThat(cadence.dueAt()).isEqualTo(5);
  }

  @Test
  void aChangeRightAfterAFlushWaitsNoLongerThanMaxWait() {
    touch("AAPL", 5);
    var _ = cadence.flush(5);
    touch("AAPL", 10);

    assertThat(cadence.dueAt()).isEqualTo(10 + MAX_WAIT);
  }

  @Test
  void aChangeLateInTheWindowWaitsForItsEndOnly() {
    touch("AAPL", 0);
    var _ = cadence.flush(0);
    touch("AAPL", 900);

    assertThat(cadence.dueAt()).isEqualTo(WINDOW);
  }

  @Test
  void aChangeAfterAQuietWindowIsDueAtOnce() {
    touch("AAPL", 0);
    var _ = cadence.flush(0);
    touch("AAPL", 2_500);

    assertThat(cadence.dueAt()).isLessThanOrEqualTo(2_500);
  }

  @Test
  void laterChangesNeitherScheduleAgainNorMoveTheDeadline() {
    touch("AAPL", 0);
    var _ = cadence.flush(0);
    assertThat(touch("AAPL", 100)).isTrue();
    assertThat(touch("AAPL", 200)).isFalse();
    assertThat(touch("MSFT", 300)).isFalse();

    assertThat(cadence.dueAt()).isEqualTo(100 + MAX_WAIT);
  }

  @Test
  void aFlushHandsOutEveryKeyOnceWithItsOldestChange() {
    touch("AAPL", 1);
    touch("MSFT", 2);
    touch("AAPL", 3);

    var batch = cadence.flush(10);

    assertThat(batch.keySet()).containsExactlyInAnyOrder("AAPL", "MSFT");
    assertThat(batch.get("AAPL")).isNotNull();
    assertThat(batch.values()).extracting(Waiting::changes).containsExactlyInAnyOrder(2, 1);
    assertThat(batch.values())
        .extracting(Waiting::oldest)
        .containsExactlyInAnyOrder(NOON.plusNanos(1), NOON.plusNanos(2));
    assertThat(cadence.isQuiet()).isTrue();
  }

  @Test
  void aDiscardedKeyDoesNotWaitAnyMore() {
    touch("AAPL", 1);
    cadence.discard("AAPL");

    assertThat(cadence.isQuiet()).isTrue();
  }
}
