package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order as the broker shows it, in both its REST and its stream form.
///
/// Sides, types, classes and statuses are the broker's own words: they are open sets. The parent of
/// a multi-leg order has an empty symbol, side and asset class.
///
/// @param assetId the same for `BTC/USD` here and `BTCUSD` on positions; empty when the broker
///   leaves it out
/// @param qty null for an order by notional, also after its fill
/// @param filledQty 0 when nothing was filled
/// @param hwm high water mark: the best price since a trailing stop began, from which it trails
/// @param cancelRequestedAt only in the stream form
/// @param replaces id of the order whose place it took
/// @param replacedBy id of the order that took its place
/// @param legs the children of a bracket, OCO, OTO or multi-leg order, when they were asked for
public record AlpacaOrder(
    String id,
    String clientOrderId,
    String assetId,
    String symbol,
    String assetClass,
    String side,
    String type,
    String timeInForce,
    String orderClass,
    String status,
    @Nullable BigDecimal qty,
    @Nullable BigDecimal notional,
    BigDecimal filledQty,
    @Nullable BigDecimal filledAvgPrice,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable BigDecimal trailPrice,
    @Nullable BigDecimal trailPercent,
    @Nullable BigDecimal hwm,
    boolean extendedHours,
    @Nullable Instant submittedAt,
    @Nullable Instant filledAt,
    @Nullable Instant cancelRequestedAt,
    @Nullable Instant canceledAt,
    @Nullable Instant expiredAt,
    @Nullable Instant failedAt,
    @Nullable Instant replacedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant updatedAt,
    @Nullable Instant createdAt,
    @Nullable String replaces,
    @Nullable String replacedBy,
    List<AlpacaOrder> legs) {

  /// Copies the legs.
  public AlpacaOrder {
    legs = List.copyOf(legs);
  }

  static AlpacaOrder read(Fields order) {
    var filledQty = order.decimalOrNull("filled_qty");
    return new AlpacaOrder(
        order.identifier("id"),
        order.identifier("client_order_id"),
        order.text("asset_id", ""),
        order.text("symbol"),
        order.text("asset_class", ""),
        order.text("side", ""),
        order.text("type", order.text("order_type", "")),
        order.text("time_in_force", ""),
        order.text("order_class", ""),
        order.identifier("status"),
        order.decimalOrNull("qty"),
        order.decimalOrNull("notional"),
        filledQty == null ? BigDecimal.ZERO : filledQty,
        order.decimalOrNull("filled_avg_price"),
        order.decimalOrNull("limit_price"),
        order.decimalOrNull("stop_price"),
        order.decimalOrNull("trail_price"),
        order.decimalOrNull("trail_percent"),
        order.decimalOrNull("hwm"),
        order.flag("extended_hours"),
        order.instantOrNull("submitted_at"),
        order.instantOrNull("filled_at"),
        order.instantOrNull("cancel_requested_at"),
        order.instantOrNull("canceled_at"),
        order.instantOrNull("expired_at"),
        order.instantOrNull("failed_at"),
        order.instantOrNull("replaced_at"),
        order.instantOrNull("expires_at"),
        order.instantOrNull("updated_at"),
        order.instantOrNull("created_at"),
        order.textOrNull("replaces"),
        order.textOrNull("replaced_by"),
        order.objects("legs", AlpacaOrder::read));
  }
}
