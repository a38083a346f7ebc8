package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.broker.BrokerMoney;
import io.portfoliostream.server.broker.BrokerPosition;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.HeldPosition;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Position;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares two reads of a broker account with the ledger, under the portfolio's lock, and books
/// what both agree on and the ledger does not.
///
/// What was booked since before the first read is newer than the reads and is left alone.
final class Comparison {
  /// Averages are compared to this many decimals: the broker rounds its own.
  private static final int ENTRY_DECIMALS = 4;

  /// Day costs follow from two rounded figures of the broker.
  private static final BigDecimal DAY_COST_TOLERANCE = new BigDecimal("0.05");

  private final Books books;
  private final OrderBooking orders;
  private final BrokerView first;
  private final BrokerView second;
  private final Map<Difference, Integer> found = new EnumMap<>(Difference.class);

  Comparison(Books books, OrderBooking orders, BrokerView first, BrokerView second) {
    this.books = books;
    this.orders = orders;
    this.first = first;
    this.second = second;
  }

  /// Books the differences; tells how many there were of each kind.
  Map<Difference, Integer> book() {
    bookOrders();
    bookExecutions();
    bookPositions();
    bookMoney();
    return found;
  }

  private void bookOrders() {
    for (var report : second.orders()) {
      var known = books.orderOf(report.brokerId(), report.clientOrderId());
      var now = orders.bookOrder(books, report.asRead());
      if (known.isPresent() && !known.get().progress().status().equals(now.progress().status())) {
        count(Difference.ORDER);
      }
    }
  }

  /// Positions and cash are taken from the same reads, so executions found here move neither.
  private void bookExecutions() {
    for (var fill : second.fills()) {
      if (!books.hasExecution(
          fill.executionId(), fill.brokerOrderId(), fill.cumulative(), fill.price())) {
        var order = books.orderByBrokerId(fill.brokerOrderId());
        if (order.isPresent()) {
          books.record(execution(fill, order.get().id()), fill.cumulative());
          count(Difference.EXECUTION);
        }
      }
    }
    if (!second.fills().isEmpty()) {
      books
          .handle()
          .createUpdate("update portfolio set activity_cursor = :cursor where user_id = :user")
          .bind("cursor", second.fills().getLast().cursor())
          .bind("user", books.user().value())
          .execute();
    }
  }

  private static Execution execution(BrokerFill fill, String orderId) {
    return new Execution(
        fill.executionId(),
        orderId,
        fill.brokerOrderId(),
        fill.symbol(),
        fill.side(),
        fill.quantity(),
        fill.price(),
        null,
        fill.executedAt(),
        null,
        false);
  }

  private void bookPositions() {
    var symbols = new HashSet<>(second.positions().keySet());
    for (var held : books.positions()) {
      if (!held.position().isClosed()) {
        symbols.add(held.position().symbol());
      }
    }
    for (var symbol : symbols.stream().sorted().toList()) {
      var held = books.position(symbol);
      if (held.touched() <= first.seq()) {
        bookPosition(held, first.positions().get(symbol), second.positions().get(symbol));
      }
    }
  }

  private void bookPosition(
      HeldPosition held, @Nullable BrokerPosition before, @Nullable BrokerPosition now) {
    var position = held.position();
    var quantity = now == null ? BigDecimal.ZERO : now.quantity();
    var quantityBefore = before == null ? BigDecimal.ZERO : before.quantity();
    if (quantity.compareTo(quantityBefore) != 0) {
      return;
    }
    if (quantity.compareTo(position.quantity()) != 0) {
      books.record(adopted(position, now, quantity), null, null);
      count(Difference.POSITION);
    } else if (now != null && !sameEntry(position, now)) {
      books.record(adopted(position, now, quantity), null, null);
      count(Difference.ENTRY_PRICE);
    } else if (now != null && !sameDayCost(position, now)) {
      books.record(adopted(position, now, quantity), null, null);
    }
  }

  private Position adopted(Position position, @Nullable BrokerPosition now, BigDecimal quantity) {
    var opened = position.isClosed() ? openedAt(position.symbol()) : position.openedAt();
    return new Position(
        position.symbol(),
        quantity,
        now == null ? position.averageEntryPrice() : now.averageEntryPrice(),
        now == null ? BigDecimal.ZERO : now.dayCost(),
        position.strategyId(),
        opened,
        books.now());
  }

  /// The oldest execution in the broker's history of the symbol, else now.
  private Instant openedAt(String symbol) {
    return second.fills().stream()
        .filter(fill -> fill.symbol().equals(symbol))
        .map(BrokerFill::executedAt)
        .min(Instant::compareTo)
        .orElse(books.now());
  }

  private static boolean sameEntry(Position position, BrokerPosition now) {
    return rounded(position.averageEntryPrice()).compareTo(rounded(now.averageEntryPrice())) == 0;
  }

  private static BigDecimal rounded(BigDecimal price) {
    return price.setScale(ENTRY_DECIMALS, RoundingMode.HALF_UP);
  }

  private static boolean sameDayCost(Position position, BrokerPosition now) {
    var ours = position.dayCost();
    var theirs = now.dayCost();
    if (theirs == null) {
      return true;
    }
    return ours != null && ours.subtract(theirs).abs().compareTo(DAY_COST_TOLERANCE) <= 0;
  }

  private void bookMoney() {
    var known = books.account();
    if (known.isEmpty()) {
      adopt(second.money().cash(), BigDecimal.ZERO, true);
      return;
    }
    var account = known.get();
    var cash = agreedCash(account);
    var moved = cash.compareTo(account.cash()) != 0;
    if (moved) {
      count(Difference.CASH);
    }
    var changed = account(cash, account.dayFlows());
    if (!changed.sameFigures(account)) {
      adopt(cash, account.dayFlows(), moved);
    }
  }

  private BigDecimal agreedCash(Account account) {
    var agreed = first.money().cash().compareTo(second.money().cash()) == 0;
    return agreed && books.accountTouched() <= first.seq() ? second.money().cash() : account.cash();
  }

  private void adopt(BigDecimal cash, BigDecimal flows, boolean cashAdopted) {
    books.recordRead(account(cash, flows), second.money().askedAt(), cashAdopted);
  }

  private Account account(BigDecimal cash, BigDecimal flows) {
    BrokerMoney money = second.money();
    return new Account(cash, money.buyingPower(), money.lastEquity(), flows, books.now());
  }

  private void count(Difference kind) {
    found.merge(kind, 1, Integer::sum);
  }

  /// What differs between a read and the ledger, without booking: whether a second read is needed.
  static boolean differs(Books books, BrokerView view) {
    return differsInOrders(books, view)
        || differsInPositions(books, view)
        || books.account().map(a -> a.cash().compareTo(view.money().cash()) != 0).orElse(true);
  }

  private static boolean differsInOrders(Books books, BrokerView view) {
    for (var report : view.orders()) {
      var known = books.orderOf(report.brokerId(), report.clientOrderId());
      if (known.isEmpty() || !known.get().progress().status().equals(report.progress().status())) {
        return true;
      }
    }
    for (var fill : view.fills()) {
      if (!books.hasExecution(
          fill.executionId(), fill.brokerOrderId(), fill.cumulative(), fill.price())) {
        return true;
      }
    }
    return false;
  }

  private static boolean differsInPositions(Books books, BrokerView view) {
    List<String> symbols = new ArrayList<>(view.positions().keySet());
    for (var held : books.positions()) {
      if (!held.position().isClosed()) {
        symbols.add(held.position().symbol());
      }
    }
    for (var symbol : symbols) {
      var position = books.position(symbol).position();
      var now = view.positions().get(symbol);
      var quantity = now == null ? BigDecimal.ZERO : now.quantity();
      if (quantity.compareTo(position.quantity()) != 0
          || (now != null && (!sameEntry(position, now) || !sameDayCost(position, now)))) {
        return true;
      }
    }
    return false;
  }
}
