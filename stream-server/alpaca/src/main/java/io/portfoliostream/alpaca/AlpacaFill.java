package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A fill in the account's list of activities.
///
/// @param id cursor for the next page: `yyyyMMddHHmmssSSS::uuid`, its date in New York time
/// @param type `fill` or `partial_fill`
/// @param cumQty what the order had filled with this one
public record AlpacaFill(
    String id,
    String type,
    String orderId,
    String symbol,
    String side,
    BigDecimal qty,
    BigDecimal price,
    @Nullable BigDecimal cumQty,
    @Nullable BigDecimal leavesQty,
    @Nullable String orderStatus,
    Instant transactionTime) {

  /// The last part of the id, which in practice is the execution id of the stream, though nothing
  /// promises it.
  public Optional<String> likelyExecutionId() {
    var separator = id.indexOf("::");
    return separator < 0 ? Optional.empty() : Optional.of(id.substring(separator + 2));
  }

  static AlpacaFill read(Fields fill) {
    return new AlpacaFill(
        fill.identifier("id"),
        fill.text("type", "fill"),
        fill.identifier("order_id"),
        fill.identifier("symbol"),
        fill.identifier("side"),
        fill.decimal("qty"),
        fill.decimal("price"),
        fill.decimalOrNull("cum_qty"),
        fill.decimalOrNull("leaves_qty"),
        fill.textOrNull("order_status"),
        fill.instant("transaction_time"));
  }
}
