package io.portfoliostream.simulator.broker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What changed in an account: whole objects that replace older ones.
///
/// @param balance the new balance, or null when it did not change
/// @param positions changed positions; a flat one is removed
public record AccountDelta(
    String account,
    @Nullable Balance balance,
    List<Order> orders,
    List<Execution> executions,
    List<Position> positions) {

  public AccountDelta {
    orders = List.copyOf(orders);
    executions = List.copyOf(executions);
    positions = List.copyOf(positions);
  }
}
