package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.PortfolioEvent.AccountChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.ExecutionBooked;
import io.portfoliostream.server.portfolio.PortfolioEvent.OrderChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.PositionChanged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whole objects that travel together, as clients are shown them.
record Content(
    List<PositionUpdate> positions,
    List<OrderUpdate> orders,
    @Nullable AccountUpdate account,
    List<TradeExecuted> trades) {

  /// All of a portfolio.
  static Content of(Portfolio portfolio, WireView view) {
    return new Content(
        portfolio.positions().values().stream().map(view::position).toList(),
        portfolio.orders().values().stream().map(view::order).toList(),
        account(portfolio, view),
        portfolio.trades().stream().map(view::trade).toList());
  }

  /// What a booking changed, each object once and in its last state. Where a position changed the
  /// account comes along: its equity follows from the positions.
  ///
  /// @param after the portfolio that the account is valued with
  static Content of(Booking booking, Portfolio after, WireView view) {
    var positions = new LinkedHashMap<String, PositionUpdate>();
    var orders = new LinkedHashMap<String, OrderUpdate>();
    var trades = new ArrayList<TradeExecuted>();
    var account = false;
    for (var event : booking.events()) {
      switch (event) {
        case PositionChanged(var position) -> {
          positions.put(position.symbol(), view.position(position));
          account = true;
        }
        case OrderChanged(var order) -> orders.put(order.id(), view.order(order));
        case ExecutionBooked(var execution) -> trades.add(view.trade(execution));
        case AccountChanged _ -> account = true;
      }
    }
    return new Content(
        List.copyOf(positions.values()),
        List.copyOf(orders.values()),
        account ? account(after, view) : null,
        List.copyOf(trades));
  }

  /// The positions among `symbols` that are held, and the account.
  static Content marks(Portfolio portfolio, Collection<String> symbols, WireView view) {
    var positions = new ArrayList<PositionUpdate>(symbols.size());
    for (var symbol : symbols) {
      var position = portfolio.positions().get(symbol);
      if (position != null) {
        positions.add(view.position(position));
      }
    }
    return new Content(positions, List.of(), account(portfolio, view), List.of());
  }

  /// What of it `filter` lets through.
  Content through(Filter filter) {
    if (filter.isEverything()) {
      return this;
    }
    return new Content(
        filter.has(Channel.POSITIONS)
            ? positions.stream().filter(each -> filter.shows(each.symbol())).toList()
            : List.of(),
        filter.has(Channel.ORDERS)
            ? orders.stream().filter(each -> filter.shows(each.symbol())).toList()
            : List.of(),
        filter.has(Channel.ACCOUNT) ? account : null,
        filter.has(Channel.TRADES)
            ? trades.stream().filter(each -> filter.shows(each.symbol())).toList()
            : List.of());
  }

  boolean isEmpty() {
    return objects() == 0;
  }

  /// The object itself when it is alone and nothing was folded into it, else a batch.
  ///
  /// @param merged price changes that conflation folded in
  Payload payload(long merged) {
    if (objects() > 1 || merged > 1) {
      return new BatchUpdate(
          orAbsent(positions), orAbsent(orders), account, orAbsent(trades), merged);
    }
    if (!positions.isEmpty()) {
      return positions.getFirst();
    }
    if (!orders.isEmpty()) {
      return orders.getFirst();
    }
    if (!trades.isEmpty()) {
      return trades.getFirst();
    }
    return account == null ? new BatchUpdate(null, null, null, null, merged) : account;
  }

  Snapshot snapshot() {
    return new Snapshot(positions, account, orders, trades);
  }

  private int objects() {
    return positions.size() + orders.size() + trades.size() + (account == null ? 0 : 1);
  }

  private static @Nullable AccountUpdate account(Portfolio portfolio, WireView view) {
    return portfolio.account() == null
        ? null
        : view.account(portfolio.account(), portfolio.positions().values());
  }

  private static <T> @Nullable List<T> orAbsent(List<T> list) {
    return list.isEmpty() ? null : list;
  }
}
