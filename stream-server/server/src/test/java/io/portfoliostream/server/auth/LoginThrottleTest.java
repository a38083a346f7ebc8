package io.portfoliostream.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  @Test
  void theDelayDoublesUpToAMinute() {
    var waits = new ArrayList<Duration>();
    for (var attempt = 0; attempt < 11; attempt++) {
      var wait = throttle.enter("ada", "10.0.0.1");
      if (!wait.isZero()) {
        clock.advance(wait);
        assertThat(throttle.enter("ada", "10.0.0.1")).isZero();
      }
      waits.add(wait);
    }

    assertThat(waits.stream().map(Duration::toSeconds))
        .isEqualTo(List.of(0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L));
  }

  @Test
  void waitingDoesNotLengthenTheDelay() {
    fail("ada", "10.0.0.1", 3);

    for (var attempt = 0; attempt < 100; attempt++) {
      assertThat(throttle.enter("ada", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(throttle.enter("ada", "10.0.0.1")).isZero();
  }

  @Test
  void aUserIsNeverLockedOutFromAnotherAddress() {
    fail("ada", "10.0.0.1", 3);

    assertThat(throttle.enter("ada", "10.0.0.2")).isZero();
    assertThat(throttle.enter("bob", "10.0.0.1")).isZero();
  }

  /// Whoever has one address of IPv6 has 2⁶⁴ of them.
  @Test
  void theAddressesOfANetworkOfIpv6AreOne() {
    for (var host = 1; host <= 3; host++) {
      assertThat(throttle.enter("ada", "2001:db8:0:1:0:0:0:" + host)).isZero();
    }

    assertThat(throttle.enter("ada", "2001:db8:0:1:ffff:0:0:9")).isPositive();
    assertThat(throttle.enter("ada", "2001:db8:0:2:0:0:0:1")).isZero();
    assertThat(throttle.enter("ada", "unknown")).isZero();
  }

  @Test
  void theCaseOfTheNameMakesNoDifference() {
    fail("ada", "10.0.0.1", 3);

    assertThat(throttle.enter("ADA", "10.0.0.1")).isPositive();
  }

  @Test
  void aSuccessForgetsTheFailures() {
    fail("ada", "10.0.0.1", 2);
    assertThat(throttle.enter("ada", "10.0.0.1")).isZero();
    throttle.succeeded("ada", "10.0.0.1");

    assertThat(throttle.enter("ada", "10.0.0.1")).isZero();
  }

  @Test
  void anAttemptThatWasNotJudgedDoesNotCount() {
    fail("ada", "10.0.0.1", 2);
    for (var attempt = 0; attempt < 10; attempt++) {
      assertThat(throttle.enter("ada", "10.0.0.1")).isZero();
      throttle.withdrawn("ada", "10.0.0.1");
    }
  }

  @Test
  void failuresAreForgottenAfterAWhile() {
    fail("ada", "10.0.0.1", 3);
    clock.advance(Duration.ofMinutes(16));

    for (var attempt = 0; attempt < 3; attempt++) {
      assertThat(throttle.enter("ada", "10.0.0.1")).isZero();
    }
  }

  @Test
  void aFloodOfNamesForgetsTheOldestAndHoldsItsBound() {
    fail("ada", "10.0.0.1", 3);
    for (var name = 0; name < 10_000; name++) {
      assertThat(throttle.enter("user" + name, "10.0.0.1")).isZero();
    }

    assertThat(throttle.enter("ada", "10.0.0.1")).isZero();
    assertThat(throttle.size()).isEqualTo(10_000);
  }

  private void fail(String username, String address, int times) {
    for (var attempt = 0; attempt < times; attempt++) {
      assertThat(throttle.enter(username, address)).isZero();
    }
  }
}
