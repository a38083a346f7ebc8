package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One execution of an order.
///
/// @param executionId unique per execution: what a client deduplicates by
/// @param qty shares of this execution alone
/// @param price of this execution alone, not the order's average
/// @param positionQty the signed position after it, where the broker told it
/// @param corrects the execution that this one amends
/// @param busted whether this execution takes another one back
public record TradeExecuted(
    String executionId,
    String orderId,
    String brokerOrderId,
    String symbol,
    OrderSide side,
    BigDecimal qty,
    BigDecimal price,
    @Nullable BigDecimal positionQty,
    Instant executedAt,
    @Nullable String corrects,
    @Nullable Boolean busted)
    implements Payload {
  /// Refuses an execution with a field missing.
  public TradeExecuted {
    requireNonNull(executionId, "executionId");
    requireNonNull(orderId, "orderId");
    requireNonNull(brokerOrderId, "brokerOrderId");
    requireNonNull(symbol, "symbol");
    requireNonNull(side, "side");
    requireNonNull(qty, "qty");
    requireNonNull(price, "price");
    requireNonNull(executedAt, "executedAt");
  }
}
