package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.broker.Agenda.Due;
import io.portfoliostream.simulator.broker.Agenda.Step;
import io.portfoliostream.simulator.market.Mark;
import io.portfoliostream.simulator.market.Prices;
import io.portfoliostream.simulator.market.SeededRandom;
import io.portfoliostream.simulator.market.TradingCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The life of orders from acceptance to their end, and what the trading stream says about it.
///
/// Not thread-safe: it belongs to the exchange.
final class OrderFlow {
  private static final Duration GOOD_TILL_CANCELED = Duration.ofDays(90);
  private static final String TOO_LATE = "TOO_LATE_TO_CANCEL";

  private final Prices prices;
  private final Agenda agenda;
  private final FillPolicy policy;
  private final SeededRandom random;
  private final Identities identities;
  private final Timeline time;
  private final Map<String, SequencedMap<UUID, AccountBook>> resting = new HashMap<>();
  private final NavigableMap<Instant, SequencedMap<UUID, AccountBook>> expiring = new TreeMap<>();
  private List<TradeUpdate> updates = new ArrayList<>();

  OrderFlow(
      Prices prices,
      Agenda agenda,
      FillPolicy policy,
      SeededRandom random,
      Identities identities,
      Timeline time) {
    this.prices = prices;
    this.agenda = agenda;
    this.policy = policy;
    this.random = random;
    this.identities = identities;
    this.time = time;
  }

  Order accept(AccountBook book, Ticket ticket, PositionIntent intent) {
    var order = Order.accepted(identities.next(), ticket, intent, time.stamp(), expiryOf(ticket));
    book.put(order);
    begin(book, order);
    publish(book, "pending_new", order, null);
    agenda.add(time.now().plus(policy.routeDelay()), Step.ROUTE, book, order.id());
    return order;
  }

  /// Takes up an order that was open when its state was saved.
  void resume(AccountBook book, Order order) {
    begin(book, order);
    if (order.times().cancelRequestedAt() != null) {
      agenda.add(time.now(), Step.CANCEL, book, order.id());
    } else if (order.status() == OrderStatus.PENDING_NEW) {
      agenda.add(time.now(), Step.ROUTE, book, order.id());
    } else {
      work(book, order);
    }
  }

  /// Asks to cancel; whether a fill is faster shows later.
  void requestCancel(AccountBook book, Order order) {
    if (order.status() != OrderStatus.PENDING_CANCEL) {
      book.put(order.next(new OrderEvent.CancelRequested(), time.stamp()));
      agenda.add(time.now().plus(policy.routeDelay()), Step.CANCEL, book, order.id());
    }
  }

  /// Cancels at once.
  void cancel(AccountBook book, Order order) {
    finish(book, order, new OrderEvent.Canceled());
  }

  void run(Due due) {
    var order = due.book().order(due.orderId()).orElse(null);
    if (order == null) {
      return;
    }
    if (!order.isOpen()) {
      if (due.step() == Step.CANCEL && order.status() != OrderStatus.CANCELED) {
        publish(due.book(), "order_cancel_rejected", order, TOO_LATE);
      }
      return;
    }
    switch (due.step()) {
      case ROUTE -> route(due.book(), order);
      case EXECUTE -> execute(due.book(), order);
      case CANCEL -> finish(due.book(), order, new OrderEvent.Canceled());
    }
  }

  /// When the next order's time runs out.
  Optional<Instant> nextExpiry() {
    return expiring.isEmpty() ? Optional.empty() : Optional.of(expiring.firstKey());
  }

  /// Ends the orders whose time runs out next.
  void expireNext() {
    var over = expiring.pollFirstEntry();
    if (over != null) {
      for (var entry : over.getValue().entrySet()) {
        var book = entry.getValue();
        book.order(entry.getKey())
            .filter(Order::isOpen)
            .ifPresent(order -> finish(book, order, new OrderEvent.Expired()));
      }
    }
  }

  /// Looks at the orders that wait for a price of this symbol.
  void priceMoved(String symbol) {
    var waiting = resting.get(symbol);
    if (waiting == null) {
      return;
    }
    var mark = prices.mark(symbol);
    for (var entry : List.copyOf(waiting.entrySet())) {
      var book = entry.getValue();
      var order = book.order(entry.getKey()).filter(Order::isOpen).orElse(null);
      if (order == null || isReady(book, order, mark)) {
        waiting.remove(entry.getKey());
      }
    }
    if (waiting.isEmpty()) {
      resting.remove(symbol);
    }
  }

  List<TradeUpdate> takeUpdates() {
    var taken = updates;
    updates = new ArrayList<>();
    return taken;
  }

  private void route(AccountBook book, Order order) {
    if (order.status() == OrderStatus.PENDING_CANCEL) {
      return;
    }
    var routed = order.next(new OrderEvent.Routed(), time.stamp());
    book.put(routed);
    updates.add(update("new", book, routed, identities.next(), null, null));
    work(book, routed);
  }

  private void work(AccountBook book, Order order) {
    var symbol = order.ticket().symbol();
    if (order.ticket().timeInForce().isImmediate() || order.ticket().type() == OrderType.MARKET) {
      scheduleExecution(book, order);
    } else if (!isReady(book, order, prices.mark(symbol))) {
      rest(book, order);
    }
  }

  /// Triggers a stop, and schedules the execution of an order that may trade.
  private boolean isReady(AccountBook book, Order order, Mark mark) {
    var current = order;
    if (!order.triggered() && Matching.triggers(order.ticket(), mark.last())) {
      current = order.next(new OrderEvent.Triggered(), time.stamp());
      book.put(current);
    }
    if (Matching.price(current, mark.quote()).isEmpty()) {
      return false;
    }
    scheduleExecution(book, current);
    return true;
  }

  private void scheduleExecution(AccountBook book, Order order) {
    agenda.add(time.now().plus(policy.fillDelay(random)), Step.EXECUTE, book, order.id());
  }

  private void rest(AccountBook book, Order order) {
    resting
        .computeIfAbsent(order.ticket().symbol(), _ -> new LinkedHashMap<>())
        .put(order.id(), book);
  }

  private void execute(AccountBook book, Order order) {
    var price = Matching.price(order, prices.mark(order.ticket().symbol()).quote());
    if (price.isPresent()) {
      var qty = tradableQty(book, order, price.get());
      if (qty.signum() > 0) {
        trade(book, order, qty, price.get());
      } else {
        finish(book, order, new OrderEvent.Canceled());
      }
    } else if (order.ticket().timeInForce().isImmediate()) {
      finish(book, order, new OrderEvent.Canceled());
    } else {
      rest(book, order);
    }
  }

  /// What trades now: all or a random part of the rest, and never through a closed position.
  private BigDecimal tradableQty(AccountBook book, Order order, BigDecimal price) {
    var notional = order.ticket().notional();
    var wanted =
        notional == null
            ? order.remainingQty().orElse(BigDecimal.ZERO)
            : Matching.sharesFor(notional, price);
    boolean whole = notional != null || order.ticket().timeInForce() == TimeInForce.FOK;
    var qty = whole || !isSplit(order) ? wanted : Matching.part(wanted, random);
    return switch (order.intent()) {
      case BUY_TO_OPEN, SELL_TO_OPEN -> qty;
      case BUY_TO_CLOSE, SELL_TO_CLOSE -> qty.min(closable(book, order));
    };
  }

  private static BigDecimal closable(AccountBook book, Order order) {
    var position = book.position(order.ticket().symbol());
    return position.isShort() == (order.ticket().side() == Side.BUY)
        ? position.qty().abs()
        : BigDecimal.ZERO;
  }

  /// An order that began to fill in parts goes on so in half of the cases.
  private boolean isSplit(Order order) {
    double share = order.filledQty().signum() == 0 ? policy.splitShare() : 0.5;
    return random.nextDouble() < share;
  }

  private void trade(AccountBook book, Order order, BigDecimal qty, BigDecimal price) {
    boolean completes = order.remainingQty().map(rest -> rest.compareTo(qty) == 0).orElse(true);
    var at = time.stamp();
    var traded = order.next(new OrderEvent.Traded(qty, price, completes), at);
    var signed = order.ticket().side().signed(qty);
    var position = book.position(order.ticket().symbol()).trade(signed, price);
    var execution = execution(traded, qty, price, position, at);
    var paid = signed.multiply(price).setScale(2, RoundingMode.HALF_UP);
    book.put(traded);
    book.book(execution, position, paid.negate());
    var event = completes ? "fill" : "partial_fill";
    updates.add(update(event, book, traded, execution.id(), execution, null));
    if (completes) {
      end(traded);
    } else {
      scheduleExecution(book, traded);
    }
  }

  private Execution execution(
      Order traded, BigDecimal qty, BigDecimal price, Position position, Instant at) {
    return new Execution(
        identities.next(),
        traded.id(),
        traded.ticket().symbol(),
        traded.ticket().side(),
        qty,
        price,
        traded.filledQty(),
        traded.remainingQty().orElse(BigDecimal.ZERO),
        position.qty(),
        traded.status(),
        at,
        TradingCalendar.nextTradingDay(TradingCalendar.dateOf(at)));
  }

  private void finish(AccountBook book, Order order, OrderEvent end) {
    var finished = order.next(end, time.stamp());
    book.put(finished);
    end(finished);
    publish(book, finished.status().wire(), finished, null);
  }

  private void begin(AccountBook book, Order order) {
    expiring.computeIfAbsent(order.expiresAt(), _ -> new LinkedHashMap<>()).put(order.id(), book);
  }

  private void end(Order order) {
    remove(resting, order.ticket().symbol(), order.id());
    remove(expiring, order.expiresAt(), order.id());
  }

  private static <K> void remove(
      Map<K, SequencedMap<UUID, AccountBook>> orders, K key, UUID orderId) {
    orders.computeIfPresent(
        key,
        (_, some) -> {
          some.remove(orderId);
          return some.isEmpty() ? null : some;
        });
  }

  private void publish(AccountBook book, String event, Order order, @Nullable String reason) {
    updates.add(update(event, book, order, null, null, reason));
  }

  private TradeUpdate update(
      String event,
      AccountBook book,
      Order order,
      @Nullable UUID executionId,
      @Nullable Execution execution,
      @Nullable String reason) {
    var timestamp = execution == null ? order.times().updatedAt() : execution.at();
    var at = time.stamp().truncatedTo(ChronoUnit.MICROS);
    return new TradeUpdate(
        book.profile().name(),
        identities.nextEventId(at),
        event,
        at,
        timestamp,
        order,
        executionId,
        execution,
        reason);
  }

  private Instant expiryOf(Ticket ticket) {
    return switch (ticket.timeInForce()) {
      case DAY, IOC, FOK -> TradingCalendar.nextClose(time.now());
      case GTC -> time.now().plus(GOOD_TILL_CANCELED);
    };
  }
}
