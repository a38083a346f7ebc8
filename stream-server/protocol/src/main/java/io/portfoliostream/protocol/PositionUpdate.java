package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A whole position, marked to market.
///
/// Formulas, with q the signed quantity, p `currentPrice`, a `entryPrice`: market value = q·p,
/// unrealized P&L = q·(p − a), percent = 100·unrealized / |q·a|.
///
/// @param quantity never negative; `side` says the direction; "0" once, when the position closes
/// @param unrealizedPnlPercent in percent, 2 decimals
/// @param marketValue signed: negative for a short position
/// @param dayPnl profit since the last close, or since the entry for what was opened today
/// @param priceAt the broker's trade time of `currentPrice`
/// @param updatedAt the server's time of the newest change
public record PositionUpdate(
    String symbol,
    BigDecimal quantity,
    BigDecimal currentPrice,
    BigDecimal entryPrice,
    BigDecimal unrealizedPnl,
    BigDecimal unrealizedPnlPercent,
    BigDecimal marketValue,
    PositionSide side,
    @Nullable String strategyId,
    Instant openedAt,
    @Nullable BigDecimal dayPnl,
    @Nullable BigDecimal dayPnlPercent,
    Instant priceAt,
    Instant updatedAt)
    implements Payload {
  /// Refuses a position with a field missing.
  public PositionUpdate {
    requireNonNull(symbol, "symbol");
    requireNonNull(quantity, "quantity");
    requireNonNull(currentPrice, "currentPrice");
    requireNonNull(entryPrice, "entryPrice");
    requireNonNull(unrealizedPnl, "unrealizedPnl");
    requireNonNull(unrealizedPnlPercent, "unrealizedPnlPercent");
    requireNonNull(marketValue, "marketValue");
    requireNonNull(side, "side");
    requireNonNull(openedAt, "openedAt");
    requireNonNull(priceAt, "priceAt");
    requireNonNull(updatedAt, "updatedAt");
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("quantity is negative: " + quantity.toPlainString());
    }
  }

  /// Whether this is the last word on a closed position.
  public boolean isClosed() {
    return quantity.signum() == 0;
  }
}
