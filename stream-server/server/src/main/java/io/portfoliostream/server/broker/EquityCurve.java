package io.portfoliostream.server.broker;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an account was worth over time, as the broker tells it.
///
/// @param timeframe how long a step is
/// @param baseValue the worth that profit is counted from, where the broker tells it
/// @param baseValueAsOf the day of `baseValue`
/// @param points oldest first; steps for which the broker has no value are left out
public record EquityCurve(
    String timeframe,
    @Nullable BigDecimal baseValue,
    @Nullable LocalDate baseValueAsOf,
    List<Point> points) {
  /// Copies the points.
  public EquityCurve {
    points = List.copyOf(points);
  }

  /// The worth in a step.
  ///
  /// @param at the beginning of the step
  /// @param profitLossRatio a fraction, not percent
  public record Point(
      Instant at,
      BigDecimal equity,
      @Nullable BigDecimal profitLoss,
      @Nullable BigDecimal profitLossRatio) {}
}
