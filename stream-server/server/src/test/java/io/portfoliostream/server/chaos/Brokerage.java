package io.portfoliostream.server.chaos;

import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.broker.AccountBook;
import io.portfoliostream.simulator.broker.Exchange;
import io.portfoliostream.simulator.broker.Execution;
import io.portfoliostream.simulator.broker.Order;
import io.portfoliostream.simulator.broker.OrderClass;
import io.portfoliostream.simulator.broker.OrderStatus;
import io.portfoliostream.simulator.broker.OrderType;
import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.broker.Ticket;
import io.portfoliostream.simulator.broker.TimeInForce;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What happens at the broker without the server: prices move, and the back office, the exchange
/// and other programs of the same owners do as they like.
final class Brokerage {
  /// A coin, whose purchases pay their fee in coins.
  static final String COIN = "BTC/USD";

  private static final List<String> SYMBOLS = List.of("AAPL", "MSFT", "NVDA", "AMZN", "GOOGL");

  private final BrokerSimulator simulator;
  private final RandomGenerator random;
  private final Totals totals;
  private final Set<String> elsewhere = new HashSet<>();

  Brokerage(BrokerSimulator simulator, RandomGenerator random, Totals totals) {
    this.simulator = simulator;
    this.random = random;
    this.totals = totals;
  }

  String symbol() {
    return SYMBOLS.get(random.nextInt(SYMBOLS.size()));
  }

  BigDecimal price(String symbol) {
    return simulator.call(exchange -> exchange.prices().mark(symbol).last());
  }

  /// Client order ids of what was ordered without the server.
  Set<String> elsewhere() {
    return Set.copyOf(elsewhere);
  }

  /// What the broker says of an account.
  AccountStatement statement(String account) {
    return simulator.call(exchange -> {
      exchange.advance();
      return AccountStatement.of(exchange.book(account));
    });
  }

  /// How many orders an account has under each client order id.
  ///
  /// @param exits whether exits of brackets are among them, whose ids the broker makes
  Map<String, Long> byClientId(String account, boolean exits) {
    return simulator.call(exchange ->
        exchange.book(account).orders().values().stream()
            .filter(order -> exits || order.links().parent() == null)
            .collect(
                Collectors.groupingBy(
                    order -> order.ticket().clientOrderId(), Collectors.counting())));
  }

  /// Moves a price by up to three percent.
  void movePrice() {
    var symbol = symbol();
    var factor = 1 + (random.nextInt(601) - 300) / 10_000.0;
    simulator.setPrice(symbol, cents(price(symbol).multiply(BigDecimal.valueOf(factor))));
  }

  /// Does something with an account that its stream does not tell, or tells late.
  void act(String account) {
    simulator.call(exchange -> {
      exchange.advance();
      act(exchange, account);
      return true;
    });
  }

  private void act(Exchange exchange, String account) {
    var book = exchange.book(account);
    switch (random.nextInt(14)) {
      case 0 -> bust(exchange, book);
      case 1 -> correct(exchange, book);
      case 2 -> transfer(exchange, account);
      case 3 -> moveElsewhere(exchange, account);
      case 4, 5, 6 -> orderElsewhere(exchange, account);
      case 7, 8 -> cancelElsewhere(exchange, book);
      case 9, 10, 11 -> rejectLate(exchange, book);
      default -> interrupt(exchange, book);
    }
  }

  private void bust(Exchange exchange, AccountBook book) {
    var execution = amendable(book);
    if (execution != null) {
      exchange.backOffice().bust(execution.id());
      totals.fault("bust", 1);
    }
  }

  private void correct(Exchange exchange, AccountBook book) {
    var execution = amendable(book);
    if (execution != null) {
      var price = cents(execution.price().multiply(new BigDecimal("1.01")));
      var quantity =
          random.nextBoolean() && execution.qty().compareTo(BigDecimal.TWO) >= 0
              ? execution.qty().subtract(BigDecimal.ONE)
              : execution.qty();
      exchange.backOffice().correct(execution.id(), quantity, price);
      totals.fault("correct", 1);
    }
  }

  private void transfer(Exchange exchange, String account) {
    exchange
        .backOffice()
        .transfer(account, BigDecimal.valueOf(random.nextInt(-500_00, 500_00) | 1, 2));
    totals.fault("transfer", 1);
  }

  private void moveElsewhere(Exchange exchange, String account) {
    var symbol = symbol();
    var quantity = BigDecimal.valueOf(random.nextBoolean() ? 3 : -2);
    var price = cents(exchange.prices().mark(symbol).last());
    exchange.backOffice().moveElsewhere(account, symbol, quantity, price, random.nextBoolean());
    totals.fault("drift", 1);
  }

  private void orderElsewhere(Exchange exchange, String account) {
    var id = "elsewhere-" + elsewhere.size() + "-" + account;
    var quantity = BigDecimal.valueOf(random.nextInt(1, 9));
    elsewhere.add(id);
    var symbol = symbol();
    var _ =
        exchange.submit(
            account,
            random.nextBoolean()
                ? Ticket.market(id, symbol, Side.BUY, quantity)
                : resting(id, symbol, quantity, cents(exchange.prices().mark(symbol).last())));
    totals.fault("order elsewhere", 1);
  }

  /// An order that waits for a price some percent lower.
  private static Ticket resting(String id, String symbol, BigDecimal quantity, BigDecimal price) {
    return new Ticket(
        id,
        symbol,
        quantity,
        null,
        Side.BUY,
        OrderType.LIMIT,
        TimeInForce.GTC,
        cents(price.multiply(new BigDecimal("0.96"))),
        null,
        false,
        null,
        OrderClass.SIMPLE,
        null);
  }

  private void cancelElsewhere(Exchange exchange, AccountBook book) {
    var order = anOpenOrder(book, _ -> true);
    if (order != null) {
      exchange.cancelNow(book.profile().name(), order.id());
      totals.fault("cancel elsewhere", 1);
    }
  }

  private void rejectLate(Exchange exchange, AccountBook book) {
    var order = anOpenOrder(book, open -> open.status() == OrderStatus.NEW);
    if (order != null) {
      exchange.backOffice().reject(book.profile().name(), order.id());
      totals.fault("reject", 1);
    }
  }

  private void interrupt(Exchange exchange, AccountBook book) {
    var account = book.profile().name();
    var stopped = anOpenOrder(book, open -> open.status().isInterrupted());
    if (stopped != null) {
      exchange.backOffice().takeUp(account, stopped.id());
      return;
    }
    var order = anOpenOrder(book, open -> open.status() == OrderStatus.NEW);
    if (order != null) {
      exchange.backOffice().interrupt(account, order.id(), OrderStatus.SUSPENDED);
      totals.fault("suspend", 1);
    }
  }

  private @Nullable Execution amendable(AccountBook book) {
    var all =
        book.executions().values().stream()
            .filter(each -> each.kind() == Execution.Kind.TRADE && !book.isAmended(each.id()))
            .filter(each -> book.order(each.orderId()).isPresent())
            .toList();
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private @Nullable Order anOpenOrder(AccountBook book, Predicate<Order> wanted) {
    var open = book.openOrders().stream().filter(wanted).toList();
    return open.isEmpty() ? null : open.get(random.nextInt(open.size()));
  }

  private static BigDecimal cents(BigDecimal price) {
    return price.setScale(2, RoundingMode.HALF_UP);
  }
}
