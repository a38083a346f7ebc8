package io.portfoliostream.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several objects that travel together: one ledger transaction, or one conflation window of marks.
///
/// @param merged price changes that conflation folded into this batch
public record BatchUpdate(
    @Nullable List<PositionUpdate> positions,
    @Nullable List<OrderUpdate> orders,
    @Nullable AccountUpdate account,
    @Nullable List<TradeExecuted> trades,
    long merged)
    implements Payload {
  /// Copies the lists.
  public BatchUpdate {
    positions = positions == null ? null : List.copyOf(positions);
    orders = orders == null ? null : List.copyOf(orders);
    trades = trades == null ? null : List.copyOf(trades);
    if (merged < 0) {
      throw new IllegalArgumentException("merged is negative: " + merged);
    }
  }

  /// The positions, none when absent.
  public List<PositionUpdate> positionsOrNone() {
    return positions == null ? List.of() : positions;
  }

  /// The orders, none when absent.
  public List<OrderUpdate> ordersOrNone() {
    return orders == null ? List.of() : orders;
  }

  /// The executions, none when absent.
  public List<TradeExecuted> tradesOrNone() {
    return trades == null ? List.of() : trades;
  }
}
