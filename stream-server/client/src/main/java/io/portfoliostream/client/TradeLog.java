package io.portfoliostream.client;

import io.portfoliostream.protocol.TradeExecuted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The last executions, newest first, each id once, at most `bound` of them. Immutable.
final class TradeLog {
  private static final Comparator<TradeExecuted> NEWEST_FIRST =
      Comparator.comparing(TradeExecuted::executedAt).reversed();

  private final List<TradeExecuted> newestFirst;
  private final Set<String> ids;
  private final int bound;

  private TradeLog(List<TradeExecuted> newestFirst, int bound) {
    this.newestFirst = List.copyOf(newestFirst);
    this.bound = bound;
    this.ids = new HashSet<>();
    newestFirst.forEach(trade -> ids.add(trade.executionId()));
  }

  static TradeLog empty(int bound) {
    return new TradeLog(List.of(), bound);
  }

  List<TradeExecuted> newestFirst() {
    return newestFirst;
  }

  boolean contains(String executionId) {
    return ids.contains(executionId);
  }

  /// Whether an execution as old as `trade` would still be kept.
  boolean hasRoomFor(TradeExecuted trade) {
    return newestFirst.size() < bound
        || trade.executedAt().isAfter(newestFirst.getLast().executedAt());
  }

  /// With those of `trades` that are not here yet; what came later stands first among equals.
  TradeLog with(Collection<TradeExecuted> trades) {
    var all = new ArrayList<TradeExecuted>();
    var added = new HashSet<String>();
    for (var trade : trades) {
      if (!ids.contains(trade.executionId()) && added.add(trade.executionId())) {
        all.addFirst(trade);
      }
    }
    if (all.isEmpty()) {
      return this;
    }
    all.addAll(newestFirst);
    all.sort(NEWEST_FIRST);
    return new TradeLog(all.size() > bound ? all.subList(0, bound) : all, bound);
  }

  TradeLog without(Set<String> executionIds) {
    return executionIds.isEmpty()
        ? this
        : new TradeLog(
            newestFirst.stream().filter(it -> !executionIds.contains(it.executionId())).toList(),
            bound);
  }

  /// Exactly `trades`, given newest first.
  TradeLog replacedBy(List<TradeExecuted> trades) {
    return empty(bound).with(trades.reversed());
  }
}
