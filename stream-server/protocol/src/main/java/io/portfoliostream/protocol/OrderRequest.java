package io.portfoliostream.protocol;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The body of `POST /api/orders`. Everything is optional here, so that the answer can name each
/// field that is missing.
///
/// @param qty shares; exactly one of `qty` and `notional`
/// @param notional amount of money
public record OrderRequest(
    @Nullable String symbol,
    @Nullable String side,
    @Nullable String type,
    @Nullable String timeInForce,
    @Nullable BigDecimal qty,
    @Nullable BigDecimal notional,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable BigDecimal trailPrice,
    @Nullable BigDecimal trailPercent,
    @Nullable Boolean extendedHours,
    @Nullable String orderClass,
    @Nullable TakeProfit takeProfit,
    @Nullable StopLoss stopLoss,
    @Nullable String strategyId) {

  /// A market order for the day.
  public static OrderRequest market(String symbol, String side, BigDecimal qty) {
    return new OrderRequest(
        symbol, side, "market", "day", qty, null, null, null, null, null, null, null, null, null,
        null);
  }

  /// The profit-taking leg of a bracket.
  public record TakeProfit(@Nullable BigDecimal limitPrice) {}

  /// The loss-stopping leg of a bracket.
  public record StopLoss(@Nullable BigDecimal stopPrice, @Nullable BigDecimal limitPrice) {}
}
