package io.portfoliostream.client;

import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.TradeExecuted;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares a cache with a snapshot of the same number and makes it agree. Later prices are taken
/// along without counting: they are no difference.
final class Repair {
  private final PortfolioCache held;
  private final Snapshot truth;
  private final Fold fold;

  Repair(PortfolioCache held, Snapshot truth) {
    this.held = held;
    this.truth = truth;
    this.fold = new Fold(held);
  }

  Fold fold() {
    return fold;
  }

  /// Repairs, and returns how many objects differed.
  int run() {
    return positions() + orders() + trades() + account();
  }

  private int positions() {
    int differences = 0;
    var symbols = new HashSet<String>();
    for (var position : open(truth.positions())) {
      symbols.add(position.symbol());
      var mine = held.position(position.symbol());
      if (mine.isEmpty() || !Sameness.same(mine.get(), position)) {
        differences++;
        fold.take(position, true);
      } else if (position.priceAt().isAfter(mine.get().priceAt())) {
        fold.take(position, true);
      }
    }
    for (var symbol : held.positionTable().keys()) {
      if (!symbols.contains(symbol)) {
        differences++;
        fold.dropPosition(symbol);
      }
    }
    return differences;
  }

  private int orders() {
    int differences = 0;
    var ids = new HashSet<String>();
    for (var order : truth.orders()) {
      ids.add(order.orderId());
      var mine = held.order(order.orderId());
      if (mine.isEmpty() || !Sameness.same(mine.get(), order)) {
        differences++;
        fold.take(order);
      }
    }
    // Closed orders of yesterday are in no snapshot, and still right.
    var gone = held.orders().stream().filter(OrderUpdate::isOpen).map(OrderUpdate::orderId);
    for (var id : gone.filter(id -> !ids.contains(id)).toList()) {
      differences++;
      fold.dropOrder(id);
    }
    return differences;
  }

  private int trades() {
    var missing =
        truth.trades().stream()
            .filter(trade -> !held.tradeLog().contains(trade.executionId()))
            .filter(held.tradeLog()::hasRoomFor)
            .toList();
    fold.take(missing.reversed());
    var extra = extraTrades();
    fold.dropTrades(extra);
    return missing.size() + extra.size();
  }

  /// What is held within the span of the snapshot's executions without being one of them.
  private Set<String> extraTrades() {
    var oldest =
        truth.trades().stream().map(TradeExecuted::executedAt).min(Comparator.naturalOrder());
    if (oldest.isEmpty()) {
      return Set.of();
    }
    var ids = truth.trades().stream().map(TradeExecuted::executionId).collect(Collectors.toSet());
    Instant from = oldest.get();
    return held.trades().stream()
        .filter(trade -> trade.executedAt().isAfter(from))
        .map(TradeExecuted::executionId)
        .filter(id -> !ids.contains(id))
        .collect(Collectors.toSet());
  }

  private int account() {
    var figures = truth.account();
    if (figures == null) {
      return 0;
    }
    var mine = held.figures();
    boolean differs = mine == null || !Sameness.same(mine, figures);
    if (mine == null || differs || figures.timestamp().isAfter(mine.timestamp())) {
      fold.take(figures, true);
    }
    return differs ? 1 : 0;
  }

  private static List<PositionUpdate> open(List<PositionUpdate> positions) {
    return positions.stream().filter(position -> !position.isClosed()).toList();
  }
}
