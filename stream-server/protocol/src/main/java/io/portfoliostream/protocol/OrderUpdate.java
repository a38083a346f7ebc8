package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A whole order.
///
/// @param orderId our own id, known from the moment the order is queued
/// @param brokerOrderId the broker's id, once it has answered
/// @param qty shares, absent for an order by amount
/// @param notional amount of money, absent for an order by shares
/// @param status the broker's words, and our `queued` and `failed`
/// @param parentOrderId the entry order of a bracket's leg
/// @param rejectReason why the broker refused, in words
public record OrderUpdate(
    String orderId,
    @Nullable String brokerOrderId,
    String clientOrderId,
    String symbol,
    OrderSide side,
    String type,
    String timeInForce,
    String status,
    @Nullable BigDecimal qty,
    @Nullable BigDecimal notional,
    BigDecimal filledQty,
    @Nullable BigDecimal filledAvgPrice,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable BigDecimal trailPrice,
    @Nullable BigDecimal trailPercent,
    @Nullable Boolean extendedHours,
    @Nullable String orderClass,
    @Nullable String parentOrderId,
    @Nullable String replaces,
    @Nullable String replacedBy,
    @Nullable String strategyId,
    Instant submittedAt,
    @Nullable Instant filledAt,
    @Nullable Instant canceledAt,
    @Nullable Instant expiresAt,
    @Nullable String rejectReason,
    Instant updatedAt)
    implements Payload {
  /// Refuses an order with a field missing.
  public OrderUpdate {
    requireNonNull(orderId, "orderId");
    requireNonNull(clientOrderId, "clientOrderId");
    requireNonNull(symbol, "symbol");
    requireNonNull(side, "side");
    requireNonNull(type, "type");
    requireNonNull(timeInForce, "timeInForce");
    requireNonNull(status, "status");
    requireNonNull(filledQty, "filledQty");
    requireNonNull(submittedAt, "submittedAt");
    requireNonNull(updatedAt, "updatedAt");
  }

  /// Whether the order can still change.
  public boolean isOpen() {
    return !OrderStatus.isTerminal(status);
  }
}
