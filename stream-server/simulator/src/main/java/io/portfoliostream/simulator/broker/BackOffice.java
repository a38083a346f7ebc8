package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.TradingCalendar;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/// What a broker does to accounts and orders without being asked by their owners: busts and
/// corrections, money in and out, trades that it made elsewhere, splits.
///
/// Arguments that name nothing are an [IllegalArgumentException]. Not thread-safe: it belongs to
/// the exchange, which moves to the present before each of these.
public final class BackOffice {
  private static final String CORPORATE_ACTION = "CORPORATE_ACTION";
  private static final String TRADE_BUST = "TRADE_BUST";
  private static final int CENTS = 2;

  private final Exchange exchange;
  private final Identities identities;
  private final Timeline time;
  private final Announcements announcements;
  private final OrderFlow flow;

  BackOffice(
      Exchange exchange,
      Identities identities,
      Timeline time,
      Announcements announcements,
      OrderFlow flow) {
    this.exchange = exchange;
    this.identities = identities;
    this.time = time;
    this.announcements = announcements;
    this.flow = flow;
  }

  /// Takes an execution back, with its position and its money: `trade_bust`.
  ///
  /// A filled order that loses a fill is canceled; one that is still open may trade the quantity
  /// again.
  public Execution bust(UUID executionId) {
    exchange.advance();
    var book = bookOf(executionId);
    var bad = amendable(book, executionId);
    var order = orderOf(book, bad).amended(bad.qty().negate(), value(bad).negate(), time.stamp());
    var position = undone(book, bad);
    var bust = amendment(bad, order, bad.qty(), bad.price(), position.qty(), Execution.Kind.BUST);
    book.put(order);
    book.book(bust, position, Clearing.paid(bad.side(), bad.qty(), bad.price()));
    announcements.traded(book, "trade_bust", order, bust, TRADE_BUST);
    return bust;
  }

  /// Tells the right quantity and price of an execution, and sets position and money right:
  /// `trade_correct`.
  public Execution correct(UUID executionId, BigDecimal qty, BigDecimal price) {
    exchange.advance();
    if (qty.signum() <= 0 || price.signum() <= 0) {
      throw new IllegalArgumentException("qty and price must be positive: " + qty + " at " + price);
    }
    var book = bookOf(executionId);
    var bad = amendable(book, executionId);
    var before = orderOf(book, bad);
    var more = qty.subtract(bad.qty());
    if (before.remainingQty().map(rest -> more.compareTo(rest) > 0).orElse(false)) {
      throw new IllegalArgumentException("the order is for less than " + qty);
    }
    var order = before.amended(more, qty.multiply(price).subtract(value(bad)), time.stamp());
    var position = undone(book, bad).trade(bad.side().signed(kept(bad, qty)), price);
    var right = amendment(bad, order, qty, price, position.qty(), Execution.Kind.CORRECT);
    var back = Clearing.paid(bad.side(), bad.qty(), bad.price());
    book.put(order);
    book.book(right, position, back.subtract(Clearing.paid(bad.side(), qty, price)));
    announcements.traded(book, "trade_correct", order, right, null);
    return right;
  }

  /// Says that an order was changed by hand, so that it is to be read again: `restated`.
  public void restate(String account, UUID orderId) {
    exchange.advance();
    var book = exchange.book(account);
    announcements.tell(book, "restated", order(book, orderId), null);
  }

  /// Stops, suspends or calculates an open order: it does not trade until [#takeUp].
  public void interrupt(String account, UUID orderId, OrderStatus status) {
    exchange.advance();
    if (!status.isInterrupted()) {
      throw new IllegalArgumentException("not stopped, suspended or calculated: " + status);
    }
    var book = exchange.book(account);
    flow.interrupt(book, open(book, orderId), status);
  }

  /// Brings an interrupted order back to the market: `new`.
  public void takeUp(String account, UUID orderId) {
    exchange.advance();
    var book = exchange.book(account);
    var order = open(book, orderId);
    if (!order.status().isInterrupted()) {
      throw new IllegalArgumentException("order " + orderId + " is not interrupted");
    }
    flow.takeUp(book, order);
  }

  /// Rejects an open order after it was accepted: `rejected`.
  public void reject(String account, UUID orderId) {
    exchange.advance();
    var book = exchange.book(account);
    flow.finish(book, open(book, orderId), new OrderEvent.Rejected());
  }

  /// Money that came to an account, or left it when negative. The trading stream is silent about
  /// it.
  ///
  /// @param amount dollars, to the cent
  public Entry transfer(String account, BigDecimal amount) {
    return post(account, amount.signum() < 0 ? "CSW" : "CSD", amount, "");
  }

  /// Any other entry of money, such as a fee (`FEE`), interest (`INT`) or a journal (`JNLC`).
  ///
  /// @param amount dollars, to the cent, negative when the account pays
  public Entry post(String account, String type, BigDecimal amount, String description) {
    exchange.advance();
    if (amount.signum() == 0 || amount.stripTrailingZeros().scale() > CENTS) {
      throw new IllegalArgumentException("not an amount in cents: " + amount);
    }
    var entry =
        new Entry(identities.next(), type, time.stamp(), null, null, null, amount, description);
    exchange.book(account).note(entry);
    return entry;
  }

  /// Changes a position and the money for it as if the account had traded elsewhere: the trading
  /// stream is silent about it.
  ///
  /// @param qty shares, negative when sold
  /// @param recorded whether the activities tell the trade
  public void moveElsewhere(
      String account, String symbol, BigDecimal qty, BigDecimal price, boolean recorded) {
    exchange.advance();
    if (qty.signum() == 0 || price.signum() <= 0) {
      throw new IllegalArgumentException("not a trade: " + qty + " at " + price);
    }
    var book = exchange.book(account);
    var position = book.position(listed(symbol)).trade(qty, price);
    var side = qty.signum() > 0 ? Side.BUY : Side.SELL;
    var paid = Clearing.paid(side, qty.abs(), price);
    if (recorded) {
      book.book(elsewhere(position, side, qty.abs(), price), position, paid.negate());
    } else {
      book.hold(position, paid.negate());
    }
  }

  /// Gives every share of a symbol `ratio` shares in its place: 4 for a split of four for one, 0.1
  /// for a reverse split of one for ten. Open orders are canceled, prices follow.
  public void split(String symbol, BigDecimal ratio) {
    exchange.advance();
    if (ratio.signum() <= 0) {
      throw new IllegalArgumentException("ratio is not positive: " + ratio);
    }
    var name = listed(symbol);
    exchange.announce(exchange.prices().split(name, ratio, time.now()));
    for (var book : exchange.books()) {
      for (var order : book.openOrders()) {
        if (order.ticket().symbol().equals(name)) {
          book.order(order.id())
              .filter(Order::isOpen)
              .ifPresent(
                  open -> flow.finish(book, open, new OrderEvent.Canceled(), CORPORATE_ACTION));
        }
      }
      split(book, book.position(name), ratio);
    }
  }

  private void split(AccountBook book, Position position, BigDecimal ratio) {
    if (position.isFlat()) {
      return;
    }
    var after = position.split(ratio);
    book.hold(after, BigDecimal.ZERO);
    book.note(
        new Entry(
            identities.next(),
            "SPLIT",
            time.stamp(),
            position.symbol(),
            after.qty().subtract(position.qty()),
            null,
            BigDecimal.ZERO,
            ratio.toPlainString() + " for 1"));
  }

  private Execution elsewhere(Position position, Side side, BigDecimal qty, BigDecimal price) {
    var at = time.stamp();
    return new Execution(
        identities.next(),
        identities.next(),
        position.symbol(),
        side,
        qty,
        price,
        qty,
        BigDecimal.ZERO,
        position.qty(),
        OrderStatus.FILLED,
        at,
        TradingCalendar.nextTradingDay(TradingCalendar.dateOf(at)),
        Execution.Kind.TRADE,
        null);
  }

  private Execution amendment(
      Execution bad,
      Order order,
      BigDecimal qty,
      BigDecimal price,
      BigDecimal positionQty,
      Execution.Kind kind) {
    return new Execution(
        identities.next(),
        bad.orderId(),
        bad.symbol(),
        bad.side(),
        qty,
        price,
        order.filledQty(),
        order.isOpen() ? order.remainingQty().orElse(BigDecimal.ZERO) : BigDecimal.ZERO,
        positionQty,
        order.status(),
        order.times().updatedAt(),
        bad.settlesOn(),
        kind,
        bad.id());
  }

  /// The position as if an execution had not been.
  private Position undone(AccountBook book, Execution bad) {
    return book.position(bad.symbol()).undo(bad.side().signed(kept(bad, bad.qty())), bad.price());
  }

  /// What of a quantity came to the position: purchases of coins pay their fee in coins.
  private BigDecimal kept(Execution execution, BigDecimal qty) {
    boolean crypto =
        exchange.listings().find(execution.symbol()).map(Listing::isCrypto).orElse(false);
    return crypto && execution.side() == Side.BUY ? qty.subtract(CryptoRules.fee(qty)) : qty;
  }

  private static BigDecimal value(Execution execution) {
    return execution.qty().multiply(execution.price());
  }

  private AccountBook bookOf(UUID executionId) {
    return exchange.books().stream()
        .filter(book -> book.executions().containsKey(executionId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such execution: " + executionId));
  }

  private static Execution amendable(AccountBook book, UUID executionId) {
    var execution = Optional.ofNullable(book.executions().get(executionId)).orElseThrow();
    if (execution.kind() == Execution.Kind.BUST || book.isAmended(executionId)) {
      throw new IllegalArgumentException("execution is amended already: " + executionId);
    }
    return execution;
  }

  private static Order orderOf(AccountBook book, Execution execution) {
    return order(book, execution.orderId());
  }

  private static Order order(AccountBook book, UUID orderId) {
    return book.order(orderId)
        .orElseThrow(() -> new IllegalArgumentException("no such order: " + orderId));
  }

  private static Order open(AccountBook book, UUID orderId) {
    var order = order(book, orderId);
    if (!order.isOpen()) {
      throw new IllegalArgumentException("order " + orderId + " is over");
    }
    return order;
  }

  private String listed(String symbol) {
    return exchange
        .listings()
        .find(symbol)
        .map(Listing::symbol)
        .orElseThrow(() -> new IllegalArgumentException("not listed: " + symbol));
  }
}
