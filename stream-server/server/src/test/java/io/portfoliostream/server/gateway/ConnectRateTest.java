package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectRateTest {
  private static final UserId ADA = new UserId("ada");

  /// Near the overflow: a monotonic clock may begin anywhere.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 500_000_000L);

  private final ConnectRate rate = new ConnectRate(nanos::get, 3, Duration.ofSeconds(1));

  @Test
  void aBurstIsFollowedByOnePerInterval() {
    for (var attempt = 0; attempt < 3; attempt++) {
      assertThat(rate.attempt(ADA)).isZero();
    }

    assertThat(rate.attempt(ADA)).isEqualTo(Duration.ofSeconds(1));
    pass(Duration.ofMillis(400));
    assertThat(rate.attempt(ADA)).isEqualTo(Duration.ofMillis(600));
    pass(Duration.ofMillis(600));
    assertThat(rate.attempt(ADA)).isZero();
    assertThat(rate.attempt(ADA)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void afterAPauseTheWholeBurstIsThereAgain() {
    for (var attempt = 0; attempt < 3; attempt++) {
      assertThat(rate.attempt(ADA)).isZero();
    }
    pass(Duration.ofHours(1));

    for (var attempt = 0; attempt < 3; attempt++) {
      assertThat(rate.attempt(ADA)).isZero();
    }
    assertThat(rate.attempt(ADA)).isPositive();
  }

  @Test
  void oneUsersAttemptsAreNotAnothers() {
    for (var attempt = 0; attempt < 4; attempt++) {
      rate.attempt(ADA);
    }

    assertThat(rate.attempt(new UserId("bob"))).isZero();
  }

  @Test
  void acrossACrowdTheRuleHolds() {
    for (var user = 0; user < 10_000; user++) {
      assertThat(rate.attempt(new UserId("u" + user))).isZero();
    }
    for (var attempt = 0; attempt < 3; attempt++) {
      assertThat(rate.attempt(ADA)).isZero();
    }
    assertThat(rate.attempt(ADA)).isPositive();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
