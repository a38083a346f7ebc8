package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final ManualTiming time = new ManualTiming();

  @Test
  void aBurstPassesAtOnceAndTheRestAtTheRate() throws InterruptedException {
    var bucket = new TokenBucket(60, 3, 0, time.timing());

    for (var i = 0; i < 5; i++) {
      bucket.acquire(false, LONG);
    }

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Test
  void noMinuteSeesMoreThanRatePlusBurst() throws InterruptedException {
    var policy = RestPolicy.defaults();
    var bucket = new TokenBucket(policy.tradingPerMinute(), policy.burst(), 0, time.timing());
    time.advance(Duration.ofHours(1));

    var passed = 0;
    while (time.slept().compareTo(Duration.ofMinutes(1)) < 0) {
      bucket.acquire(true, LONG);
      passed++;
    }

    assertThat(passed).isBetween(180, 199);
  }

  @Test
  void readsLeaveTheReservedPartToOrders() throws InterruptedException {
    var bucket = new TokenBucket(60, 3, 1, time.timing());

    bucket.acquire(false, LONG);
    bucket.acquire(false, LONG);
    assertThatThrownBy(() -> bucket.acquire(false, Duration.ZERO))
        .isInstanceOf(AlpacaException.RateLimited.class);
    bucket.acquire(true, Duration.ZERO);

    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void aWaitThatIsTooLongIsRefusedWithItsLength() {
    var bucket = new TokenBucket(60, 1, 0, time.timing());
    bucket.pause(Duration.ofSeconds(40));

    assertThatThrownBy(() -> bucket.acquire(true, Duration.ofSeconds(30)))
        .isInstanceOfSatisfying(
            AlpacaException.RateLimited.class,
            limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(40)));
  }

  @Test
  void aPauseHoldsEverybodyAndAShorterOneDoesNotShortenIt() throws InterruptedException {
    var bucket = new TokenBucket(60, 3, 0, time.timing());
    bucket.pause(Duration.ofSeconds(20));
    bucket.pause(Duration.ofSeconds(5));

    bucket.acquire(true, LONG);

    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(20));
  }
}
