package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.AlpacaException.RateLimited;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenBucketTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final ManualTiming time = new ManualTiming();

  @Test
  void aBurstPassesAtOnceAndTheRestAtTheRate() throws InterruptedException {
    var bucket = new TokenBucket(60, 3, 0, 0, time.timing());

    for (var i = 0; i < 5; i++) {
      bucket.acquire(Priority.READ, LONG);
    }

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Test
  void noMinuteSeesMoreThanRatePlusBurst() throws InterruptedException {
    var rates = RequestRates.defaults();
    var bucket =
        new TokenBucket(
            rates.tradingPerMinute(),
            rates.burst(),
            rates.reservedForOrders(),
            rates.reservedForReads(),
            time.timing());
    time.advance(Duration.ofHours(1));

    var passed = 0;
    while (time.slept().compareTo(Duration.ofMinutes(1)) < 0) {
      bucket.acquire(Priority.ORDER, LONG);
      passed++;
    }

    assertThat(passed).isBetween(180, 199);
  }

  @Test
  void eachPriorityLeavesThePartReservedForThoseAboveIt() throws InterruptedException {
    var bucket = new TokenBucket(60, 6, 1, 2, time.timing());

    assertThat(passing(bucket, Priority.BACKGROUND)).isEqualTo(3);
    assertThat(passing(bucket, Priority.READ)).isEqualTo(2);
    assertThat(passing(bucket, Priority.ORDER)).isEqualTo(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void whatComesBackGoesToTheMostUrgentFirst() throws InterruptedException {
    var bucket = new TokenBucket(60, 6, 1, 2, time.timing());
    passing(bucket, Priority.ORDER);

    time.advance(Duration.ofSeconds(1));
    assertThat(passing(bucket, Priority.BACKGROUND)).isZero();
    assertThat(passing(bucket, Priority.READ)).isZero();
    assertThat(passing(bucket, Priority.ORDER)).isEqualTo(1);

    time.advance(Duration.ofSeconds(2));
    assertThat(passing(bucket, Priority.BACKGROUND)).isZero();
    assertThat(passing(bucket, Priority.READ)).isEqualTo(1);

    time.advance(Duration.ofSeconds(3));
    assertThat(passing(bucket, Priority.BACKGROUND)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Priority.class)
  void aWaitThatIsTooLongIsRefusedWithItsLength(Priority priority) {
    var bucket = new TokenBucket(60, 1, 0, 0, time.timing());
    bucket.pause(Priority.ORDER, Duration.ofSeconds(40));

    assertThatThrownBy(() -> bucket.acquire(priority, Duration.ofSeconds(30)))
        .isInstanceOfSatisfying(
            RateLimited.class,
            limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(40)));
  }

  @Test
  void aPauseHoldsEverybodyAndAShorterOneDoesNotShortenIt() throws InterruptedException {
    var bucket = new TokenBucket(60, 3, 0, 0, time.timing());
    bucket.pause(Priority.ORDER, Duration.ofSeconds(20));
    bucket.pause(Priority.ORDER, Duration.ofSeconds(5));

    bucket.acquire(Priority.ORDER, LONG);

    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aPauseOfReadsLetsOrdersPass() throws InterruptedException {
    var bucket = new TokenBucket(60, 3, 0, 0, time.timing());
    bucket.pause(Priority.READ, Duration.ofSeconds(20));

    bucket.acquire(Priority.ORDER, Duration.ZERO);
    assertThat(passing(bucket, Priority.BACKGROUND)).isZero();
    bucket.acquire(Priority.READ, LONG);

    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({"0,1,1,0,0", "1,0,1,0,0", "1,1,0,0,0", "1,1,3,-1,0", "1,1,3,0,-1", "1,1,3,2,1"})
  void ratesThatLeaveNothingAreRefused(
      int trading, int marketData, int burst, int forOrders, int forReads) {
    assertThatThrownBy(() -> new RequestRates(trading, marketData, burst, forOrders, forReads))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// How many requests pass without any wait.
  private static int passing(TokenBucket bucket, Priority priority) throws InterruptedException {
    for (var passed = 0; ; passed++) {
      try {
        bucket.acquire(priority, Duration.ZERO);
      } catch (RateLimited _) {
        return passed;
      }
    }
  }
}
