package io.portfoliostream.server.portfolio;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.portfolio.PortfolioEvent.AccountChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.ExecutionBooked;
import io.portfoliostream.server.portfolio.PortfolioEvent.OrderChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.PositionChanged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything a user holds at a stream position: a pure fold over bookings.
///
/// @param positions open ones, by symbol
/// @param orders open ones and those that ended lately, by our order id, oldest first
/// @param trades newest first, at most [#MAX_TRADES]
/// @param account absent until the broker was read once
public record Portfolio(
    UserId user,
    String epoch,
    long seq,
    Map<String, Position> positions,
    Map<String, Order> orders,
    List<Execution> trades,
    @Nullable Account account) {
  /// Executions kept in view.
  public static final int MAX_TRADES = 100;

  /// Ended orders kept in view.
  public static final int MAX_ENDED_ORDERS = 200;

  /// Freezes the collections.
  public Portfolio {
    requireNonNull(user, "user");
    requireNonNull(epoch, "epoch");
    positions = Collections.unmodifiableMap(new TreeMap<>(positions));
    orders = Collections.unmodifiableMap(new LinkedHashMap<>(orders));
    trades = List.copyOf(trades);
  }

  /// A portfolio before its first event.
  public static Portfolio empty(UserId user, String epoch) {
    return new Portfolio(user, epoch, 0, Map.of(), Map.of(), List.of(), null);
  }

  /// The portfolio after `booking`.
  ///
  /// @throws IllegalArgumentException when the booking is not the next one of this portfolio
  public Portfolio apply(Booking booking) {
    if (!booking.epoch().equals(epoch)
        || booking.prevSeq() != seq
        || !booking.user().equals(user)) {
      throw new IllegalArgumentException(
          "booking " + booking.prevSeq() + ".." + booking.seq() + " does not follow " + seq);
    }
    var newPositions = new TreeMap<>(positions);
    var newOrders = new LinkedHashMap<>(orders);
    var newTrades = new ArrayList<>(trades);
    var newAccount = account;
    for (var event : booking.events()) {
      switch (event) {
        case OrderChanged(var order) -> newOrders.put(order.id(), order);
        case ExecutionBooked(var execution) -> newTrades.addFirst(execution);
        case PositionChanged(var position) -> {
          if (position.isClosed()) {
            newPositions.remove(position.symbol());
          } else {
            newPositions.put(position.symbol(), position);
          }
        }
        case AccountChanged(var changed) -> newAccount = changed;
      }
    }
    dropOldest(newOrders);
    var kept = newTrades.subList(0, Math.min(MAX_TRADES, newTrades.size()));
    return new Portfolio(user, epoch, booking.seq(), newPositions, newOrders, kept, newAccount);
  }

  private static void dropOldest(Map<String, Order> orders) {
    var ended = orders.values().stream().filter(order -> !order.isOpen()).count();
    var excess = ended - MAX_ENDED_ORDERS;
    var each = orders.values().iterator();
    while (excess > 0 && each.hasNext()) {
      if (!each.next().isOpen()) {
        each.remove();
        excess--;
      }
    }
  }
}
