package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.broker.Agenda.Step;
import io.portfoliostream.simulator.market.Mark;
import io.portfoliostream.simulator.market.Prices;
import io.portfoliostream.simulator.market.SeededRandom;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/// Where orders meet prices: those that wait for one, and the execution of those that may trade.
///
/// Not thread-safe: it belongs to the exchange.
final class Floor {
  private final Prices prices;
  private final FillPolicy policy;
  private final SeededRandom random;
  private final Agenda agenda;
  private final Timeline time;
  private final OrderHours hours;
  private final Clearing clearing;
  private final Map<String, SequencedMap<UUID, AccountBook>> resting = new HashMap<>();

  Floor(
      Prices prices,
      FillPolicy policy,
      SeededRandom random,
      Agenda agenda,
      Timeline time,
      OrderHours hours,
      Clearing clearing) {
    this.prices = prices;
    this.policy = policy;
    this.random = random;
    this.agenda = agenda;
    this.time = time;
    this.hours = hours;
    this.clearing = clearing;
  }

  /// What came of an attempt to trade.
  sealed interface Outcome {

    /// Nothing for now.
    record Waits() implements Outcome {}

    /// A part or all of the order traded.
    record Traded(Order order, BigDecimal qty) implements Outcome {}

    /// The order can never trade.
    record Hopeless() implements Outcome {}
  }

  /// Takes an order to the market: it trades soon, or rests until its price comes.
  void work(AccountBook book, Order order) {
    if (order.ticket().timeInForce().isAuction()) {
      return;
    }
    boolean soon = order.ticket().timeInForce().isImmediate() && order.trigger().pulled();
    if (soon) {
      scheduleExecution(book, order);
    } else if (!isReady(book, order, prices.mark(order.ticket().symbol()))) {
      rest(book, order);
    }
  }

  /// Takes an order off the market.
  void leave(Order order) {
    resting.computeIfPresent(
        order.ticket().symbol(),
        (_, waiting) -> {
          waiting.remove(order.id());
          return waiting.isEmpty() ? null : waiting;
        });
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

  /// Tries to trade an order whose time has come.
  Outcome execute(AccountBook book, Order order) {
    if (!order.status().isWorking()) {
      return new Outcome.Waits();
    }
    var price = Matching.price(order, prices.mark(order.ticket().symbol()).quote());
    if (mayTrade(order) && price.isPresent()) {
      return trade(book, order, price.get(), false);
    }
    if (order.ticket().timeInForce().isImmediate()) {
      return new Outcome.Hopeless();
    }
    rest(book, order);
    return new Outcome.Waits();
  }

  /// Trades an order whole in an auction, or not at all.
  Outcome cross(AccountBook book, Order order) {
    var symbol = order.ticket().symbol();
    var price = Matching.price(order, prices.mark(symbol).quote());
    return price.isEmpty() || prices.isHalted(symbol)
        ? new Outcome.Hopeless()
        : trade(book, order, price.get(), true);
  }

  void scheduleExecution(AccountBook book, Order order) {
    agenda.add(time.now().plus(policy.fillDelay(random)), Step.EXECUTE, book, order.id());
  }

  private Outcome trade(AccountBook book, Order order, BigDecimal price, boolean whole) {
    var qty = tradableQty(book, order, price, whole);
    return qty.signum() > 0
        ? new Outcome.Traded(clearing.trade(book, order, qty, price), qty)
        : new Outcome.Hopeless();
  }

  private boolean mayTrade(Order order) {
    return hours.isOpen(order.ticket(), time.now()) && !prices.isHalted(order.ticket().symbol());
  }

  /// Triggers or moves a stop, and schedules the execution of an order that may trade.
  private boolean isReady(AccountBook book, Order order, Mark mark) {
    if (!order.status().isWorking() || !mayTrade(order)) {
      return false;
    }
    var armed = arm(book, order, mark.last());
    if (Matching.price(armed, mark.quote()).isEmpty()) {
      return false;
    }
    scheduleExecution(book, armed);
    return true;
  }

  private Order arm(AccountBook book, Order order, BigDecimal last) {
    var side = order.ticket().side();
    var trigger = order.trigger().seen(order.ticket(), last);
    var pulled = trigger.isReached(side, last) ? trigger.pull() : trigger;
    if (pulled.equals(order.trigger())) {
      return order;
    }
    var armed = order.next(new OrderEvent.Armed(pulled), time.stamp());
    book.put(armed);
    return armed;
  }

  private void rest(AccountBook book, Order order) {
    resting
        .computeIfAbsent(order.ticket().symbol(), _ -> new LinkedHashMap<>())
        .put(order.id(), book);
  }

  /// What trades now: all or a random part of the rest, and never through a closed position.
  private BigDecimal tradableQty(
      AccountBook book, Order order, BigDecimal price, boolean undivided) {
    var notional = order.ticket().notional();
    var wanted =
        notional == null
            ? order.remainingQty().orElse(BigDecimal.ZERO)
            : Matching.sharesFor(notional, price);
    boolean whole =
        undivided || notional != null || order.ticket().timeInForce() == TimeInForce.FOK;
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
}
