package io.portfoliostream.server.portfolio;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The net quantity of a symbol and what it cost.
///
/// @param quantity signed: negative when short, zero once when it closes
/// @param averageEntryPrice per share
/// @param dayCost signed base value of the day's profit: overnight quantity × last close + what was
///   traded today × its price; absent while unknown
/// @param openedAt when the quantity last left zero
/// @param updatedAt when quantity or cost last changed
public record Position(
    String symbol,
    BigDecimal quantity,
    BigDecimal averageEntryPrice,
    @Nullable BigDecimal dayCost,
    @Nullable String strategyId,
    Instant openedAt,
    Instant updatedAt) {
  /// Decimals kept of an average that does not divide evenly.
  private static final int AVERAGE_SCALE = 10;

  /// Refuses a position with a part missing.
  public Position {
    requireNonNull(symbol, "symbol");
    requireNonNull(quantity, "quantity");
    requireNonNull(averageEntryPrice, "averageEntryPrice");
    requireNonNull(openedAt, "openedAt");
    requireNonNull(updatedAt, "updatedAt");
  }

  /// A position that does not exist yet.
  public static Position none(String symbol, Instant at) {
    return new Position(symbol, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, null, at, at);
  }

  /// Whether nothing is held.
  public boolean isClosed() {
    return quantity.signum() == 0;
  }

  /// The position after an execution: growing averages the entry price by quantity, shrinking keeps
  /// it, and crossing zero starts anew at the execution's price (Alpaca's intraday average).
  ///
  /// @param at the server's time of the change
  public Position after(Execution execution, @Nullable String strategy, Instant at) {
    var change = execution.side().signed(execution.quantity());
    var result =
        execution.positionQuantity() == null ? quantity.add(change) : execution.positionQuantity();
    var entry = entryAfter(change, result, execution.price());
    var fresh = isClosed() || quantity.signum() != result.signum();
    var opened = fresh && result.signum() != 0 ? execution.executedAt() : openedAt;
    var owner = fresh && strategy != null ? strategy : strategyId;
    return new Position(
        symbol, result, entry, dayCostAfter(execution, change, result), owner, opened, at);
  }

  /// The position after a correction of what was traded, at the same average price.
  ///
  /// @param change signed
  /// @param at the server's time of the change
  public Position moved(BigDecimal change, Instant at) {
    var result = quantity.add(change);
    var cost =
        dayCost == null || quantity.signum() == 0
            ? null
            : trimmed(
                dayCost.multiply(result).divide(quantity, AVERAGE_SCALE, RoundingMode.HALF_UP));
    return new Position(symbol, result, averageEntryPrice, cost, strategyId, openedAt, at);
  }

  private BigDecimal entryAfter(BigDecimal change, BigDecimal result, BigDecimal price) {
    if (result.signum() == 0) {
      return averageEntryPrice;
    }
    if (quantity.signum() != result.signum()) {
      return price;
    }
    if (change.signum() != quantity.signum()) {
      return averageEntryPrice;
    }
    var cost = quantity.multiply(averageEntryPrice).add(change.multiply(price));
    return trimmed(cost.divide(quantity.add(change), AVERAGE_SCALE, RoundingMode.HALF_UP));
  }

  /// What is bought today enters at its price; what is sold leaves at the average of the base.
  private @Nullable BigDecimal dayCostAfter(
      Execution execution, BigDecimal change, BigDecimal result) {
    if (result.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if (quantity.signum() != result.signum()) {
      return result.multiply(execution.price());
    }
    if (dayCost == null) {
      return null;
    }
    if (change.signum() == quantity.signum()) {
      return dayCost.add(change.multiply(execution.price()));
    }
    return trimmed(dayCost.multiply(result).divide(quantity, AVERAGE_SCALE, RoundingMode.HALF_UP));
  }

  private static BigDecimal trimmed(BigDecimal value) {
    var stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
