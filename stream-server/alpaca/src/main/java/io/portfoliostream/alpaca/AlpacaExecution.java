package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a trade update says about one execution: a fill, or the bust or correction of an earlier
/// one.
///
/// @param executionId unique per execution; absent on fills of multi-leg orders
/// @param price price of this execution alone; absent on a bust
/// @param qty quantity of this execution alone; negative on a bust
/// @param positionQty the account's whole position afterwards, negative when short; the broker's
///   word counts, since fees in coin make it differ from the sum of fills
/// @param previousExecutionId the execution that is busted or corrected
public record AlpacaExecution(
    @Nullable String executionId,
    @Nullable BigDecimal price,
    BigDecimal qty,
    @Nullable BigDecimal positionQty,
    @Nullable String previousExecutionId) {

  static @Nullable AlpacaExecution read(String event, Fields update) {
    return switch (event) {
      case "fill", "partial_fill" -> read(update, update.decimal("price"));
      case "trade_bust", "trade_correct" -> read(update, update.decimalOrNull("price"));
      // The events are an open set: all others carry no trade.
      default -> null;
    };
  }

  private static AlpacaExecution read(Fields update, @Nullable BigDecimal price) {
    return new AlpacaExecution(
        update.textOrNull("execution_id"),
        price,
        update.decimal("qty"),
        update.decimalOrNull("position_qty"),
        update.textOrNull("previous_execution_id"));
  }
}
