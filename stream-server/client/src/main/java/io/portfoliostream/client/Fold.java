package io.portfoliostream.client;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.BatchUpdate;
import io.portfoliostream.protocol.Digest;
import io.portfoliostream.protocol.ErrorNotice;
import io.portfoliostream.protocol.FeedNotice;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.Payload;
import io.portfoliostream.protocol.Pong;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.Shutdown;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.protocol.Welcome;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One step from a [PortfolioCache] to the next: takes whole objects, notes what changed. The cache
/// that it starts from stays as it is, so a step that turns out to be wrong is just dropped.
final class Fold {
  /// Closed orders beyond this many in total are forgotten, the oldest first.
  static final int ORDERS_KEPT = 2000;

  private final PortfolioCache base;
  private final Map<String, PositionUpdate> positions;
  private final Map<String, OrderUpdate> orders;
  private final Set<String> foreign;
  private boolean foreignAccount;
  private TradeLog trades;
  private @Nullable AccountUpdate account;
  private @Nullable Feeds feeds;
  private @Nullable Welcome greeting;

  private final Set<String> changedPositions = new HashSet<>();
  private final Set<String> changedOrders = new HashSet<>();
  private final Set<String> changedTrades = new HashSet<>();
  private boolean accountChanged;
  private boolean feedsChanged;

  Fold(PortfolioCache base) {
    this.base = base;
    this.positions = base.positionTable().copy();
    this.orders = base.orderTable().copy();
    this.foreign = new HashSet<>(base.foreign());
    this.foreignAccount = base.foreignAccount();
    this.trades = base.tradeLog();
    this.account = base.figures();
    this.feeds = base.sources();
    this.greeting = base.greeting();
  }

  /// Takes sequenced events of this connection, with the prices that travel along.
  Fold events(Payload data) {
    switch (data) {
      case PositionUpdate position -> take(position, false);
      case OrderUpdate order -> take(order);
      case AccountUpdate figures -> take(figures, false);
      case TradeExecuted trade -> take(List.of(trade));
      case BatchUpdate batch -> {
        batch.positionsOrNone().forEach(position -> take(position, false));
        batch.ordersOrNone().forEach(this::take);
        take(batch.tradesOrNone());
        if (batch.account() != null) {
          take(batch.account(), false);
        }
      }
      case FeedNotice notice -> take(notice);
      case Welcome _, Subscribed _, Digest _, Pong _, ErrorNotice _, Shutdown _ -> {}
    }
    return this;
  }

  /// Takes prices of this connection. They create nothing and change no sequenced field.
  Fold marks(Payload data) {
    switch (data) {
      case PositionUpdate position -> mark(position);
      case AccountUpdate figures -> mark(figures);
      case BatchUpdate batch -> {
        batch.positionsOrNone().forEach(this::mark);
        if (batch.account() != null) {
          mark(batch.account());
        }
      }
      case FeedNotice notice -> take(notice);
      case OrderUpdate _,
          TradeExecuted _,
          Welcome _,
          Subscribed _,
          Digest _,
          Pong _,
          ErrorNotice _,
          Shutdown _ -> {}
    }
    return this;
  }

  /// Becomes `snapshot`; every key of before and after counts as changed.
  ///
  /// @param elsewhere whether it came by another way than this connection
  Fold replace(Snapshot snapshot, boolean elsewhere) {
    changedPositions.addAll(positions.keySet());
    changedOrders.addAll(orders.keySet());
    trades.newestFirst().forEach(trade -> changedTrades.add(trade.executionId()));
    positions.keySet().retainAll(symbols(snapshot.positions()));
    snapshot.positions().forEach(position -> take(position, elsewhere));
    orders.clear();
    snapshot.orders().forEach(this::take);
    trades = trades.replacedBy(snapshot.trades());
    trades.newestFirst().forEach(trade -> changedTrades.add(trade.executionId()));
    if (snapshot.account() == null) {
      account = null;
    } else {
      take(snapshot.account(), elsewhere);
    }
    accountChanged = true;
    return this;
  }

  /// Everything held so far counts as another connection's.
  Fold greeted(Welcome welcome) {
    greeting = welcome;
    foreign.addAll(positions.keySet());
    foreignAccount = true;
    return feeds(welcome.feeds());
  }

  Fold feeds(Feeds told) {
    feedsChanged |= !told.equals(feeds);
    feeds = told;
    return this;
  }

  void take(PositionUpdate position, boolean elsewhere) {
    var symbol = position.symbol();
    if (position.isClosed()) {
      if (positions.remove(symbol) != null) {
        changedPositions.add(symbol);
      }
      foreign.remove(symbol);
      return;
    }
    var held = positions.get(symbol);
    if (held != null
        && (elsewhere || foreign.contains(symbol))
        && Sameness.same(held, position)
        && position.priceAt().isBefore(held.priceAt())) {
      return;
    }
    positions.put(symbol, position);
    changedPositions.add(symbol);
    if (elsewhere) {
      foreign.add(symbol);
    } else {
      foreign.remove(symbol);
    }
  }

  void take(AccountUpdate figures, boolean elsewhere) {
    var held = account;
    if (held != null
        && (elsewhere || foreignAccount)
        && Sameness.same(held, figures)
        && figures.timestamp().isBefore(held.timestamp())) {
      return;
    }
    account = figures;
    accountChanged = true;
    foreignAccount = elsewhere;
  }

  void take(OrderUpdate order) {
    orders.put(order.orderId(), order);
    changedOrders.add(order.orderId());
  }

  void take(Collection<TradeExecuted> executions) {
    for (var trade : executions) {
      if (!trades.contains(trade.executionId())) {
        changedTrades.add(trade.executionId());
      }
    }
    trades = trades.with(executions);
  }

  void dropPosition(String symbol) {
    positions.remove(symbol);
    foreign.remove(symbol);
    changedPositions.add(symbol);
  }

  void dropOrder(String orderId) {
    orders.remove(orderId);
    changedOrders.add(orderId);
  }

  void dropTrades(Set<String> executionIds) {
    trades = trades.without(executionIds);
    changedTrades.addAll(executionIds);
  }

  Changes changes() {
    return new Changes(
        changedPositions, changedOrders, changedTrades, accountChanged, feedsChanged, false);
  }

  /// The next cache.
  ///
  /// @param heard the server's time of what was folded in
  PortfolioCache at(@Nullable StreamPosition at, Instant heard) {
    var newest = base.newest();
    return new PortfolioCache(
        changedPositions.isEmpty() ? base.positionTable() : base.positionTable().with(positions),
        changedOrders.isEmpty() ? base.orderTable() : base.orderTable().with(bounded()),
        trades,
        account,
        feeds,
        at,
        newest == null || heard.isAfter(newest) ? heard : newest,
        greeting,
        Set.copyOf(foreign),
        foreignAccount);
  }

  private void mark(PositionUpdate position) {
    var held = positions.get(position.symbol());
    if (held != null && Sameness.same(held, position)) {
      take(position, false);
    }
  }

  private void mark(AccountUpdate figures) {
    if (account != null && Sameness.same(account, figures)) {
      take(figures, false);
    }
  }

  private void take(FeedNotice notice) {
    if (feeds == null) {
      return;
    }
    var feed =
        new Feeds.Feed(
            notice.stale() ? Feeds.State.STALE : Feeds.State.LIVE,
            notice.since(),
            notice.lastEventAt());
    feeds(
        switch (notice.source()) {
          case TRADING -> new Feeds(feed, feeds.marketData());
          case MARKET_DATA -> new Feeds(feeds.trading(), feed);
        });
  }

  private Map<String, OrderUpdate> bounded() {
    if (orders.size() > ORDERS_KEPT) {
      var closed =
          base.orderTable().with(orders).sorted().reversed().stream()
              .filter(order -> !order.isOpen())
              .limit(orders.size() - (long) ORDERS_KEPT)
              .toList();
      closed.forEach(order -> dropOrder(order.orderId()));
    }
    return orders;
  }

  private static Set<String> symbols(List<PositionUpdate> snapshot) {
    var symbols = new HashSet<String>();
    snapshot.forEach(position -> symbols.add(position.symbol()));
    return symbols;
  }
}
