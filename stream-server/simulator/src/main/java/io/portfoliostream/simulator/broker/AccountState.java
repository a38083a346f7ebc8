package io.portfoliostream.simulator.broker;

import java.util.List;
import java.util.Objects;

/// An account as it is saved.
public record AccountState(
    AccountProfile profile,
    Balance balance,
    List<Order> orders,
    List<Execution> executions,
    List<Position> positions,
    List<Entry> entries,
    AccountSettings settings,
    List<EquityPoint> equity) {

  public AccountState {
    orders = List.copyOf(orders);
    executions = List.copyOf(executions);
    positions = List.copyOf(positions);
    // An earlier version saved less.
    entries = List.copyOf(Objects.requireNonNullElse(entries, List.of()));
    settings = Objects.requireNonNullElse(settings, AccountSettings.DEFAULT);
    equity = List.copyOf(Objects.requireNonNullElse(equity, List.of()));
  }

  /// An account that begins with money and positions.
  public static AccountState begin(
      AccountProfile profile, Balance balance, List<Position> positions) {
    return new AccountState(
        profile,
        balance,
        List.of(),
        List.of(),
        positions,
        List.of(),
        AccountSettings.DEFAULT,
        List.of());
  }
}
