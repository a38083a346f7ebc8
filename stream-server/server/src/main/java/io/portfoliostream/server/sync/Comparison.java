package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.broker.BrokerMoney;
import io.portfoliostream.server.broker.BrokerPosition;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.HeldPosition;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Position;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
  private final Explanations explanations;
  private final Findings findings;

  /// Symbols whose positions moved during the reads.
  private final Set<String> moving = new HashSet<>();

  /// Orders of which both reads tell the same, and nothing was booked since before the first.
  private final Set<String> agreedOrders = new HashSet<>();

  Comparison(
      Books books,
      OrderBooking orders,
      BrokerView first,
      BrokerView second,
      Explanations explanations,
      Findings findings) {
    this.books = books;
    this.orders = orders;
    this.first = first;
    this.second = second;
    this.explanations = explanations;
    this.findings = findings;
  }

  /// Books the differences.
  ///
  /// @param unmoved cash that executions which earlier comparisons booked left to move
  /// @return what is left to move: another comparison has to follow
  Unmoved book(BigDecimal unmoved) {
    bookOrders();
    var executions =
        new ExecutionComparison(books, first, second, explanations, findings, agreedOrders);
    var traded = executions.book();
    bookPositions();
    return explanations.left(moving, bookMoney(unmoved.add(traded)), executions.leavesDoubts());
  }

  private void bookOrders() {
    for (var report : second.orders()) {
      var known = books.orderOf(report.brokerId(), report.clientOrderId());
      var isSettled = known.map(this::isUntouched).orElse(false) && isAgreed(report);
      var now = orders.bookOrder(books, report.asRead());
      if (isSettled) {
        agreedOrders.add(report.brokerId());
      }
      if (isSettled && !isSameProgress(now, report)) {
        now = orders.adoptOrder(books, now, report.asRead());
      }
      if (known.isEmpty() || !isSameProgress(known.get(), now)) {
        findings.add(
            Difference.ORDER,
            now.id(),
            known.map(Comparison::progress).orElse(null),
            progress(now),
            explanations.unheard(report.updatedAt()));
      }
    }
  }

  private static String progress(Order order) {
    var progress = order.progress();
    var average = progress.filledAveragePrice();
    return "%s %s%s"
        .formatted(
            progress.status(),
            progress.filledQuantity().toPlainString(),
            average == null ? "" : " at " + average.toPlainString());
  }

  private static boolean isSameProgress(Order known, Order now) {
    return isSame(known.progress(), now.progress());
  }

  private boolean isUntouched(Order order) {
    return books.touched(order) <= first.seq();
  }

  /// Whether both reads tell the same of an order.
  private boolean isAgreed(OrderReport report) {
    return first
        .order(report.brokerId())
        .filter(before -> isSame(before.progress(), report.progress()))
        .isPresent();
  }

  private static boolean isSameProgress(Order known, OrderReport report) {
    return isSame(known.progress(), report.progress());
  }

  private static boolean isSame(Progress one, Progress other) {
    return one.status().equals(other.status())
        && one.filledQuantity().compareTo(other.filledQuantity()) == 0
        && Doubts.isSameAverage(one.filledAveragePrice(), other.filledAveragePrice());
  }

  static boolean isUnknown(Books books, BrokerFill fill) {
    return !books.hasExecution(
        fill.executionId(), fill.brokerOrderId(), fill.cumulative(), fill.price());
  }

  private void bookPositions() {
    for (var symbol : symbols(books, second)) {
      var held = books.position(symbol);
      if (held.touched() <= first.seq()) {
        bookPosition(held, first.positions().get(symbol), second.positions().get(symbol));
      } else {
        moving.add(symbol);
      }
    }
  }

  private void bookPosition(
      HeldPosition held, @Nullable BrokerPosition before, @Nullable BrokerPosition now) {
    var position = held.position();
    var symbol = position.symbol();
    var quantity = now == null ? BigDecimal.ZERO : now.quantity();
    var quantityBefore = before == null ? BigDecimal.ZERO : before.quantity();
    if (quantity.compareTo(quantityBefore) != 0) {
      moving.add(symbol);
      return;
    }
    if (quantity.compareTo(position.quantity()) != 0) {
      books.record(adopted(position, now, quantity), null, null);
      findings.add(
          Difference.POSITION,
          symbol,
          position.quantity().toPlainString(),
          quantity.toPlainString(),
          explanations.quantity(symbol, quantity.subtract(position.quantity())));
    } else if (now != null && !sameEntry(position, now)) {
      books.record(adopted(position, now, quantity), null, null);
      findings.add(
          Difference.ENTRY_PRICE,
          symbol,
          position.averageEntryPrice().toPlainString(),
          now.averageEntryPrice().toPlainString(),
          explanations.entryPrice(symbol));
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

  /// @param traded what executions did to cash that is not booked yet
  /// @return the same where cash is left alone
  private Optional<BigDecimal> bookMoney(BigDecimal traded) {
    var known = books.account();
    if (known.isEmpty()) {
      adopt(second.money().cash(), second.flows(), true);
      return Optional.empty();
    }
    var agreed = isCashAgreed();
    bookMoney(known.get(), agreed, traded);
    return agreed ? Optional.empty() : Optional.of(traded);
  }

  private void bookMoney(Account account, boolean agreed, BigDecimal traded) {
    var cash = agreed ? second.money().cash() : account.cash();
    var moved = cash.compareTo(account.cash()) != 0;
    var changed = account(cash, second.flows());
    if (changed.sameFigures(account)) {
      return;
    }
    adopt(cash, second.flows(), moved);
    if (moved) {
      var unexplained = cash.subtract(account.cash()).subtract(traded);
      findings.add(
          Difference.CASH,
          "",
          account.cash().toPlainString(),
          cash.toPlainString(),
          explanations.cash(unexplained));
    }
  }

  private boolean isCashAgreed() {
    return first.money().cash().compareTo(second.money().cash()) == 0
        && books.accountTouched() <= first.seq();
  }

  private void adopt(BigDecimal cash, BigDecimal flows, boolean cashAdopted) {
    books.recordRead(account(cash, flows), second.money().askedAt(), cashAdopted);
  }

  private Account account(BigDecimal cash, BigDecimal flows) {
    BrokerMoney money = second.money();
    return new Account(cash, money.buyingPower(), money.lastEquity(), flows, books.now());
  }

  /// What differs between a read and the ledger, without booking: whether a second read is needed.
  static boolean differs(Books books, BrokerView view) {
    return !view.retold().isEmpty()
        || differsInOrders(books, view)
        || differsInPositions(books, view)
        || books.account().map(account -> differsInMoney(account, view)).orElse(true);
  }

  /// Whether a quantity or cash differs: trades of an order may have been taken back that is too
  /// old to be listed.
  static boolean isMoved(Books books, BrokerView view) {
    for (var symbol : symbols(books, view)) {
      var now = view.positions().get(symbol);
      var quantity = now == null ? BigDecimal.ZERO : now.quantity();
      if (quantity.compareTo(books.position(symbol).position().quantity()) != 0) {
        return true;
      }
    }
    return books
        .account()
        .filter(account -> account.cash().compareTo(view.money().cash()) != 0)
        .isPresent();
  }

  /// The symbols in which broker or ledger hold something.
  private static Set<String> symbols(Books books, BrokerView view) {
    var symbols = new TreeSet<>(view.positions().keySet());
    for (var held : books.positions()) {
      if (!held.position().isClosed()) {
        symbols.add(held.position().symbol());
      }
    }
    return symbols;
  }

  private static boolean differsInMoney(Account account, BrokerView view) {
    return account.cash().compareTo(view.money().cash()) != 0
        || account.dayFlows().compareTo(view.flows()) != 0;
  }

  private static boolean differsInOrders(Books books, BrokerView view) {
    for (var report : view.orders()) {
      var known = books.orderOf(report.brokerId(), report.clientOrderId());
      if (known.isEmpty() || !isSameProgress(known.get(), report)) {
        return true;
      }
    }
    for (var fill : view.fills()) {
      if (isUnknown(books, fill)) {
        return true;
      }
    }
    return false;
  }

  private static boolean differsInPositions(Books books, BrokerView view) {
    for (var symbol : symbols(books, view)) {
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
