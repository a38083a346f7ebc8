package io.portfoliostream.server.chaos;

import io.portfoliostream.protocol.OrderChange;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderRequest.StopLoss;
import io.portfoliostream.protocol.OrderRequest.TakeProfit;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.ledger.OrderFilter;
import io.portfoliostream.server.orders.OrderEntry;
import io.portfoliostream.server.orders.OrderResult;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.UserId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A user who enters random orders, and sends again, under the same key, what was not answered.
final class Trader {
  private static final int LOOK = 50;

  final UserId user;
  private final RandomGenerator random;
  private final Brokerage broker;
  private final Totals totals;
  private final Map<String, Entered> unanswered = new LinkedHashMap<>();
  private final Map<String, List<String>> byKey = new HashMap<>();
  private final Set<String> accepted = new HashSet<>();
  private int lastKey;

  Trader(UserId user, RandomGenerator random, Brokerage broker, Totals totals) {
    this.user = user;
    this.random = random;
    this.broker = broker;
    this.totals = totals;
  }

  private interface Entered {
    OrderResult send(OrderEntry entry, String key);
  }

  /// The orders that this user was told to be accepted, by our identity.
  Set<String> accepted() {
    return Set.copyOf(accepted);
  }

  /// Does something.
  void act(Incarnation server) {
    try {
      switch (random.nextInt(20)) {
        case 0, 1, 2 -> cancel(server);
        case 3, 4 -> change(server);
        case 5 -> {
          var symbol = broker.symbol();
          enter(server, (entry, key) -> entry.close(user, symbol, key));
        }
        case 6 -> {
          if (random.nextInt(4) == 0) {
            enter(server, (entry, key) -> entry.closeAll(user, key));
          }
        }
        default -> {
          var request = request();
          enter(server, (entry, key) -> entry.submit(user, request, key));
        }
      }
    } catch (LedgerUnavailable e) {
      totals.count("unavailable");
    }
  }

  /// Sends again what was not answered.
  void sendAgain(Incarnation server) {
    for (var each : Map.copyOf(unanswered).entrySet()) {
      totals.count("sent again");
      send(server, each.getKey(), each.getValue());
    }
  }

  private void enter(Incarnation server, Entered entered) {
    send(server, "key-" + ++lastKey, entered);
    if (random.nextInt(20) == 0) {
      send(server, "key-" + lastKey, entered);
    }
  }

  private void send(Incarnation server, String key, Entered entered) {
    unanswered.put(key, entered);
    var result = entered.send(server.entry, key);
    unanswered.remove(key);
    switch (result) {
      case OrderResult.Accepted(var orders, _, _) -> accept(key, orders);
      case OrderResult.KeyReused _ -> throw new AssertionError(key + " is called reused");
      case OrderResult.Invalid(var errors) ->
          throw new AssertionError("an order of this run is invalid: " + errors);
      case OrderResult.NotAllowed _, OrderResult.NotFound _, OrderResult.TooLate _ ->
          totals.count("refused");
    }
  }

  private void accept(String key, List<Order> orders) {
    var ids = orders.stream().map(Order::id).sorted().toList();
    var before = byKey.putIfAbsent(key, ids);
    if (before != null && !before.equals(ids)) {
      throw new AssertionError(key + " stood for " + before + ", now for " + ids);
    }
    if (before == null) {
      totals.count("orders", ids.size());
      accepted.addAll(ids);
    }
  }

  private void cancel(Incarnation server) {
    var order = anOpenOrder(server);
    if (order.isPresent()) {
      var _ = server.changes.cancel(user, order.get().id());
      totals.count("cancels");
    }
  }

  private void change(Incarnation server) {
    var order = anOpenOrder(server).filter(open -> open.terms().quantity() != null);
    if (order.isPresent()
        && server.changes.change(user, order.get().id(), change(order.get()))
            instanceof OrderResult.Accepted(var orders, _, _)) {
      orders.forEach(replacement -> accepted.add(replacement.id()));
      totals.count("replacements");
    }
  }

  private OrderChange change(Order order) {
    var limit = order.terms().limitPrice();
    var more = order.progress().filledQuantity().add(BigDecimal.valueOf(random.nextInt(1, 15)));
    var quantity = more.setScale(0, RoundingMode.UP);
    return new OrderChange(
        limit == null || random.nextBoolean() ? quantity : null,
        null,
        limit == null ? null : near(order.terms().symbol(), 3),
        null,
        null,
        null);
  }

  private Optional<Order> anOpenOrder(Incarnation server) {
    var filter = new OrderFilter(OrderFilter.Status.OPEN, LOOK, null);
    var open = server.ledger.reads().orders(user, filter);
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
  }

  private OrderRequest request() {
    var symbol = broker.symbol();
    var side = random.nextInt(3) == 0 ? "sell" : "buy";
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> order(symbol, side, "limit", near(symbol, 2), null);
      case 3 -> order(symbol, side, "stop", null, near(symbol, 2));
      case 4 -> order(symbol, side, "stop_limit", near(symbol, 2), near(symbol, 2));
      case 5 -> bracket(symbol);
      case 6 -> coins(side);
      case 7 -> amount(symbol);
      default -> order(symbol, side, "market", null, null);
    };
  }

  private OrderRequest order(
      String symbol,
      String side,
      String type,
      @Nullable BigDecimal limit,
      @Nullable BigDecimal stop) {
    return new OrderRequest(
        symbol,
        side,
        type,
        random.nextBoolean() ? "day" : "gtc",
        BigDecimal.valueOf(random.nextInt(1, 21)),
        null,
        limit,
        stop,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private OrderRequest bracket(String symbol) {
    var price = broker.price(symbol);
    var profit = new TakeProfit(cents(price.multiply(new BigDecimal("1.03"))));
    var loss = new StopLoss(cents(price.multiply(new BigDecimal("0.97"))), null);
    var quantity = BigDecimal.valueOf(random.nextInt(1, 11));
    return new OrderRequest(
        symbol, "buy", "market", "gtc", quantity, null, null, null, null, null, null, "bracket",
        profit, loss, "swing");
  }

  private OrderRequest coins(String side) {
    var quantity = new BigDecimal("0.0" + random.nextInt(1, 99));
    return new OrderRequest(
        Brokerage.COIN,
        side,
        "market",
        "gtc",
        quantity,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private OrderRequest amount(String symbol) {
    var amount = BigDecimal.valueOf(random.nextInt(50, 3000));
    return new OrderRequest(
        symbol, "buy", "market", "day", null, amount, null, null, null, null, null, null, null,
        null, null);
  }

  /// A price within some percent of the present one.
  private BigDecimal near(String symbol, int percent) {
    var factor = 1 + (random.nextInt(2 * percent * 100 + 1) - percent * 100) / 10_000.0;
    return cents(broker.price(symbol).multiply(BigDecimal.valueOf(factor)));
  }

  private static BigDecimal cents(BigDecimal price) {
    return price.setScale(2, RoundingMode.HALF_UP);
  }
}
