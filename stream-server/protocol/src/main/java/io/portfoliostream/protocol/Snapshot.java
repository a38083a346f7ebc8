package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A portfolio as a whole: open positions, the account, orders open and closed today, the last
/// executions.
///
/// @param account absent when the account was never read from the broker, or is not subscribed
public record Snapshot(
    List<PositionUpdate> positions,
    @Nullable AccountUpdate account,
    List<OrderUpdate> orders,
    List<TradeExecuted> trades) {
  /// Copies the lists.
  public Snapshot {
    positions = List.copyOf(requireNonNull(positions, "positions"));
    orders = List.copyOf(requireNonNull(orders, "orders"));
    trades = List.copyOf(requireNonNull(trades, "trades"));
  }
}
