package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.MarketHours;
import java.time.Duration;

/// How an exchange behaves.
///
/// @param speed seconds of price movement that one second brings
/// @param ticksPerSecond trades of all symbols together, 0 for prices that stand still
/// @param historyLimit orders and executions that are remembered per account
/// @param marketSaveInterval how often the price process is saved
/// @param hours when stocks trade
public record ExchangeRules(
    long seed,
    double speed,
    int ticksPerSecond,
    FillPolicy fills,
    int historyLimit,
    Duration marketSaveInterval,
    MarketHours hours) {
  /// The most trades per second.
  public static final int MOST_TICKS = 100_000;

  private static final int DEFAULT_HISTORY = 5_000;

  public ExchangeRules {
    if (!(speed >= 0 && speed <= 1_000_000)) {
      throw new IllegalArgumentException("speed must be 0 to 1000000: " + speed);
    }
    if (ticksPerSecond < 0 || ticksPerSecond > MOST_TICKS) {
      throw new IllegalArgumentException(
          "ticks per second must be 0 to " + MOST_TICKS + ": " + ticksPerSecond);
    }
    if (historyLimit < 1) {
      throw new IllegalArgumentException("history limit must be positive: " + historyLimit);
    }
  }

  /// Rules with the usual history and saving.
  public static ExchangeRules of(long seed, double speed, int ticksPerSecond, FillPolicy fills) {
    return new ExchangeRules(
        seed,
        speed,
        ticksPerSecond,
        fills,
        DEFAULT_HISTORY,
        Duration.ofSeconds(5),
        MarketHours.ALWAYS);
  }

  /// These rules with other hours.
  public ExchangeRules with(MarketHours other) {
    return new ExchangeRules(
        seed, speed, ticksPerSecond, fills, historyLimit, marketSaveInterval, other);
  }
}
