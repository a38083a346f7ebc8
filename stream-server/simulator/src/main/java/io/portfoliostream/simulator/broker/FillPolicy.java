package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.SeededRandom;
import java.time.Duration;

/// How long orders take, and how often they fill in parts.
///
/// @param routeDelay from acceptance to `new`, and from a cancel request to `canceled`
/// @param shortestFill least time from `new` to the first execution
/// @param longestFill most time from `new` to the first execution
/// @param splitShare share of orders that fill in more than one execution, 0 to 1
public record FillPolicy(
    Duration routeDelay, Duration shortestFill, Duration longestFill, double splitShare) {
  /// What the real broker's paper accounts do: a tenth of the orders fill in parts.
  public static final FillPolicy DEFAULT =
      new FillPolicy(Duration.ofMillis(15), Duration.ofMillis(150), Duration.ofMillis(400), 0.1);

  public FillPolicy {
    if (routeDelay.isNegative() || shortestFill.isNegative()) {
      throw new IllegalArgumentException("delays must not be negative");
    }
    if (shortestFill.compareTo(longestFill) > 0) {
      throw new IllegalArgumentException(
          "shortest fill " + shortestFill + " is longer than longest " + longestFill);
    }
    if (!(splitShare >= 0 && splitShare <= 1)) {
      throw new IllegalArgumentException("split share is not between 0 and 1: " + splitShare);
    }
  }

  /// A delay for the next execution.
  Duration fillDelay(SeededRandom random) {
    long spread = longestFill.minus(shortestFill).toNanos();
    return shortestFill.plusNanos(random.nextLong(spread + 1));
  }
}
