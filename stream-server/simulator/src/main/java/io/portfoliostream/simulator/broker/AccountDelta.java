package io.portfoliostream.simulator.broker;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What changed in an account: whole objects that replace older ones.
///
/// @param opened who the account is, when this change opened it
/// @param balance the new balance, or null when it did not change
/// @param positions changed positions; a flat one is removed
/// @param entries new entries
/// @param settings the new settings, or null when they did not change
/// @param equity new points of the equity curve
public record AccountDelta(
    String account,
    @Nullable AccountProfile opened,
    @Nullable Balance balance,
    List<Order> orders,
    List<Execution> executions,
    List<Position> positions,
    List<Entry> entries,
    @Nullable AccountSettings settings,
    List<EquityPoint> equity) {

  public AccountDelta {
    orders = List.copyOf(orders);
    executions = List.copyOf(executions);
    positions = List.copyOf(positions);
    // An earlier version saved less.
    entries = List.copyOf(Objects.requireNonNullElse(entries, List.of()));
    equity = List.copyOf(Objects.requireNonNullElse(equity, List.of()));
  }

  /// The account that this change opened, still empty.
  AccountState openedState() {
    if (opened == null || balance == null) {
      throw new IllegalStateException("this change opened no account: " + account);
    }
    return AccountState.begin(opened, balance, List.of());
  }
}
