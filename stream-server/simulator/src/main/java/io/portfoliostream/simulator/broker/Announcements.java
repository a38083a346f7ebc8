package io.portfoliostream.simulator.broker;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the trading stream will say, until somebody takes it.
///
/// Not thread-safe: it belongs to the exchange.
final class Announcements {
  private final Identities identities;
  private final Timeline time;
  private List<TradeUpdate> updates = new ArrayList<>();

  Announcements(Identities identities, Timeline time) {
    this.identities = identities;
    this.time = time;
  }

  /// The order reached its status.
  void tell(AccountBook book, Order order) {
    tell(book, order.status().wire(), order, null);
  }

  void tell(AccountBook book, String event, Order order, @Nullable String reason) {
    add(book, event, order, null, null, reason);
  }

  /// The market took the order.
  void routed(AccountBook book, Order order) {
    add(book, "new", order, identities.next(), null, null);
  }

  void traded(
      AccountBook book, String event, Order order, Execution execution, @Nullable String reason) {
    add(book, event, order, execution.id(), execution, reason);
  }

  List<TradeUpdate> take() {
    var taken = updates;
    updates = new ArrayList<>();
    return taken;
  }

  private void add(
      AccountBook book,
      String event,
      Order order,
      @Nullable UUID executionId,
      @Nullable Execution execution,
      @Nullable String reason) {
    var timestamp = execution == null ? order.times().updatedAt() : execution.at();
    var at = time.stamp().truncatedTo(ChronoUnit.MICROS);
    updates.add(
        new TradeUpdate(
            book.profile().name(),
            identities.nextEventId(at),
            event,
            at,
            timestamp,
            order,
            executionId,
            execution,
            reason));
  }
}
