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
    List<Entry> entries) {

  public AccountState {
    orders = List.copyOf(orders);
    executions = List.copyOf(executions);
    positions = List.copyOf(positions);
    entries = List.copyOf(Objects.requireNonNullElse(entries, List.of()));
  }
}
