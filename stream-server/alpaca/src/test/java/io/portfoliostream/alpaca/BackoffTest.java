package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff BACKOFF = StreamPolicy.defaults().backoff();

  @Test
  void itDoublesUpToTheCeiling() {
    var seconds =
        IntStream.of(1, 2, 3, 4, 5, 6, 7, 40, Integer.MAX_VALUE)
            .mapToObj(failures -> BACKOFF.delay(failures, FixedRandom.MIDDLE).toSeconds());

    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L, 30L);
  }

  @Test
  void jitterStaysWithinItsPartAndUsesIt() {
    var random = new SplittableRandom(42);
    var delays =
        IntStream.range(0, 1_000).mapToObj(_ -> BACKOFF.delay(4, random).toMillis()).toList();

    assertThat(delays).allMatch(millis -> millis >= 6_400 && millis <= 9_600);
    assertThat(delays).anyMatch(millis -> millis < 6_600).anyMatch(millis -> millis > 9_400);
  }

  @Test
  void aFloorIsNeverUndercutAndStillSpread() {
    var floor = Duration.ofSeconds(5);

    assertThat(BACKOFF.delay(1, floor, new FixedRandom(0))).isEqualTo(floor);
    assertThat(BACKOFF.delay(1, floor, new FixedRandom(0.75))).isEqualTo(Duration.ofMillis(5_500));
  }

  @Test
  void itRefusesSenselessBounds() {
    var second = Duration.ofSeconds(1);

    assertThatThrownBy(() -> new Backoff(second, Duration.ofMillis(1), 0.2))
        .hasMessageContaining("initial <= ceiling");
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, second, 0.2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(second, second, Double.NaN))
        .hasMessageContaining("jitter");
  }
}
