package io.portfoliostream.simulator.broker;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;

/// What will be done to orders, by time and then in the order in which it was put down.
///
/// Not thread-safe: it belongs to the exchange.
final class Agenda {
  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
  private long lastNumber;

  /// What to do to an order.
  enum Step {
    ROUTE,
    EXECUTE,
    CANCEL,
    REPLACE
  }

  /// A step that is due at a time.
  record Due(Instant at, long number, Step step, AccountBook book, UUID orderId) {}

  void add(Instant at, Step step, AccountBook book, UUID orderId) {
    dues.add(new Due(at, ++lastNumber, step, book, orderId));
  }

  Optional<Instant> next() {
    return Optional.ofNullable(dues.peek()).map(Due::at);
  }

  Optional<Due> poll() {
    return Optional.ofNullable(dues.poll());
  }
}
