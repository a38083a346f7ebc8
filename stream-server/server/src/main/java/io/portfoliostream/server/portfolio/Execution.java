package io.portfoliostream.server.portfolio;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The broker's report that a quantity was traded at a price.
///
/// @param id the broker's identity of it: what executions are deduplicated by
/// @param quantity shares of this execution alone, never negative
/// @param positionQuantity the signed position after it, where the broker told it
/// @param corrects the execution that this one amends or takes back
/// @param busted whether it takes `corrects` back
public record Execution(
    String id,
    String orderId,
    String brokerOrderId,
    String symbol,
    Side side,
    BigDecimal quantity,
    BigDecimal price,
    @Nullable BigDecimal positionQuantity,
    Instant executedAt,
    @Nullable String corrects,
    boolean busted) {
  private static final int CENTS = 2;

  /// Refuses an execution with a part missing.
  public Execution {
    requireNonNull(id, "id");
    requireNonNull(orderId, "orderId");
    requireNonNull(brokerOrderId, "brokerOrderId");
    requireNonNull(symbol, "symbol");
    requireNonNull(side, "side");
    requireNonNull(quantity, "quantity");
    requireNonNull(price, "price");
    requireNonNull(executedAt, "executedAt");
  }

  /// What it adds to cash, in cents, since no account holds less: negative for a buy, nothing for
  /// one that takes another back.
  public BigDecimal cashEffect() {
    return busted
        ? BigDecimal.ZERO
        : side.signed(quantity).multiply(price).negate().setScale(CENTS, RoundingMode.HALF_UP);
  }
}
