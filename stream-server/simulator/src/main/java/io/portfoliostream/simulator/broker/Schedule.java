package io.portfoliostream.simulator.broker;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;

/// When the calendar says something to an order next: its session opens or ends, or its time is
/// over.
///
/// Not thread-safe: it belongs to the exchange.
final class Schedule {
  private final NavigableMap<Instant, SequencedMap<UUID, AccountBook>> turns = new TreeMap<>();
  private final Map<UUID, Instant> byOrder = new HashMap<>();

  /// An order whose turn it is.
  record Turn(AccountBook book, UUID orderId) {}

  /// Puts an order down for an instant, and for no other.
  void put(Instant at, AccountBook book, UUID orderId) {
    remove(orderId);
    byOrder.put(orderId, at);
    turns.computeIfAbsent(at, _ -> new LinkedHashMap<>()).put(orderId, book);
  }

  void remove(UUID orderId) {
    var at = byOrder.remove(orderId);
    if (at != null) {
      turns.computeIfPresent(
          at,
          (_, orders) -> {
            orders.remove(orderId);
            return orders.isEmpty() ? null : orders;
          });
    }
  }

  Optional<Instant> next() {
    return turns.isEmpty() ? Optional.empty() : Optional.of(turns.firstKey());
  }

  Optional<Turn> poll() {
    var first = turns.firstEntry();
    var order = first == null ? null : first.getValue().firstEntry();
    if (order == null) {
      return Optional.empty();
    }
    remove(order.getKey());
    return Optional.of(new Turn(order.getValue(), order.getKey()));
  }
}
