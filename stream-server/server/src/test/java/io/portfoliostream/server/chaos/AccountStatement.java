package io.portfoliostream.server.chaos;

import io.portfoliostream.server.ledger.OrderFilter;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.simulator.broker.AccountBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What someone says of an account, in words that can be compared: the broker, the ledger, or a
/// client's view.
///
/// @param orders by the broker's identity: status, filled quantity, average price
/// @param unsent orders that the broker has not answered for, by our identity: their status
/// @param executions those that count, by identity: neither taken back nor put right by another one
/// @param quantities by symbol, signed
/// @param entryPrices by symbol
record AccountStatement(
    Map<String, String> orders,
    Map<String, String> unsent,
    Map<String, String> executions,
    Map<String, String> quantities,
    Map<String, BigDecimal> entryPrices,
    String cash) {
  /// Broker and ledger round averages after every trade, each in its own place.
  private static final BigDecimal ENTRY_TOLERANCE = new BigDecimal("0.0001");

  private static final int PAGE = 500;

  /// Where two statements differ.
  ///
  /// @param kind `order`, `execution`, `position`, `entry_price` or `cash`
  record Difference(String kind, String subject, @Nullable String here, @Nullable String there) {}

  /// What the broker says.
  static AccountStatement of(AccountBook book) {
    var orders = new TreeMap<String, String>();
    for (var order : book.orders().values()) {
      orders.put(
          order.id().toString(),
          line(order.status().wire(), order.filledQty(), order.filledAveragePrice().orElse(null)));
    }
    var executions = new TreeMap<String, String>();
    for (var execution : book.executions().values()) {
      var isOurs = book.order(execution.orderId()).isPresent();
      var counts =
          execution.kind() != io.portfoliostream.simulator.broker.Execution.Kind.BUST
              && !book.isAmended(execution.id());
      if (isOurs && counts) {
        var side = execution.side().wire().startsWith("sell") ? "sell" : "buy";
        executions.put(
            execution.id().toString(),
            trade(side, execution.qty(), execution.symbol(), execution.price()));
      }
    }
    var quantities = new TreeMap<String, String>();
    var entries = new TreeMap<String, BigDecimal>();
    for (var position : book.positions()) {
      if (position.qty().signum() != 0) {
        quantities.put(position.symbol(), plain(position.qty()));
        entries.put(position.symbol(), position.averageEntryPrice());
      }
    }
    return new AccountStatement(
        orders, Map.of(), executions, quantities, entries, plain(book.balance().cash()));
  }

  /// What the ledger says, all of it.
  static AccountStatement of(PortfolioReads reads, UserId user) {
    var portfolio = reads.load(user);
    return of(portfolio, orders(reads, user), reads.trades(user, 10_000, null));
  }

  /// What a portfolio says, as a client has it.
  static AccountStatement of(Portfolio portfolio) {
    return of(portfolio, portfolio.orders().values(), portfolio.trades());
  }

  private static List<Order> orders(PortfolioReads reads, UserId user) {
    var all = new ArrayList<Order>();
    for (String before = null; ; before = all.getLast().id()) {
      var page = reads.orders(user, new OrderFilter(OrderFilter.Status.ALL, PAGE, before));
      all.addAll(page);
      if (page.size() < PAGE) {
        return all;
      }
    }
  }

  private static AccountStatement of(
      Portfolio portfolio, Collection<Order> all, Collection<Execution> trades) {
    var orders = new TreeMap<String, String>();
    var unsent = new TreeMap<String, String>();
    for (var order : all) {
      var progress = order.progress();
      if (order.brokerId() == null) {
        unsent.put(order.id(), progress.status());
      } else {
        orders.put(
            order.brokerId(),
            line(progress.status(), progress.filledQuantity(), progress.filledAveragePrice()));
      }
    }
    var quantities = new TreeMap<String, String>();
    var entries = new TreeMap<String, BigDecimal>();
    portfolio.positions().values().stream()
        .filter(position -> !position.isClosed())
        .forEach(position -> {
          quantities.put(position.symbol(), plain(position.quantity()));
          entries.put(position.symbol(), position.averageEntryPrice());
        });
    var account = portfolio.account();
    return new AccountStatement(
        orders,
        unsent,
        counting(trades),
        quantities,
        entries,
        account == null ? "unknown" : plain(account.cash()));
  }

  private static Map<String, String> counting(Collection<Execution> trades) {
    var amended = new HashSet<String>();
    for (var trade : trades) {
      if (trade.corrects() != null) {
        amended.add(trade.corrects());
      }
    }
    var counting = new TreeMap<String, String>();
    for (var trade : trades) {
      if (!trade.busted() && !amended.contains(trade.id())) {
        var side = trade.side().name().toLowerCase(Locale.ROOT);
        var said =
            counting.put(trade.id(), trade(side, trade.quantity(), trade.symbol(), trade.price()));
        if (said != null) {
          throw new AssertionError("execution twice: " + trade);
        }
      }
    }
    return counting;
  }

  /// Where this statement differs from another one, which knows nothing of orders that it was never
  /// sent.
  List<Difference> differences(AccountStatement other) {
    var all = new ArrayList<Difference>();
    compare(all, "order", orders, other.orders);
    compare(all, "execution", executions, other.executions);
    compare(all, "position", quantities, other.quantities);
    compareEntryPrices(all, other);
    compare(all, "cash", Map.of("", cash), Map.of("", other.cash));
    return all;
  }

  /// Of positions that both know: one that only one side has is a difference of its own.
  private void compareEntryPrices(List<Difference> all, AccountStatement other) {
    entryPrices.forEach((symbol, here) -> {
      var there = other.entryPrices.get(symbol);
      if (there != null && here.subtract(there).abs().compareTo(ENTRY_TOLERANCE) > 0) {
        all.add(new Difference("entry_price", symbol, plain(here), plain(there)));
      }
    });
  }

  private static void compare(
      List<Difference> all, String kind, Map<String, String> here, Map<String, String> there) {
    var subjects = new TreeSet<>(here.keySet());
    subjects.addAll(there.keySet());
    for (var subject : subjects) {
      if (!Objects.equals(here.get(subject), there.get(subject))) {
        all.add(new Difference(kind, subject, here.get(subject), there.get(subject)));
      }
    }
  }

  private static String line(String status, BigDecimal filled, @Nullable BigDecimal price) {
    return filled.signum() == 0 || price == null
        ? status
        : status + " " + plain(filled) + " at " + plain(price);
  }

  private static String trade(String side, BigDecimal quantity, String symbol, BigDecimal price) {
    return "%s %s %s at %s".formatted(side, plain(quantity), symbol, plain(price));
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
