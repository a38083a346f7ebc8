package io.portfoliostream.server.simulation;

import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.PortfolioEvent;
import io.portfoliostream.server.portfolio.PortfolioEvent.OrderChanged;
import io.portfoliostream.server.stream.Events;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes up what happens: orders, fills, cash and prices.
final class Market {
  static final List<String> SYMBOLS = List.of("AAPL", "MSFT", "TSLA", "NVDA", "AMZN", "KO");
  private static final List<String> STATUSES =
      List.of("queued", "new", "partially_filled", "filled", "canceled", "rejected");

  private final RandomGenerator random;
  private int orders;

  Market(RandomGenerator random) {
    this.random = random;
  }

  String symbol() {
    return SYMBOLS.get(random.nextInt(SYMBOLS.size()));
  }

  /// What one transaction does to a portfolio.
  List<PortfolioEvent> transaction(Portfolio portfolio, Instant at) {
    return switch (random.nextInt(6)) {
      case 0 -> List.of(cash(at));
      case 1 -> List.of(Events.order("o" + orders++, symbol(), status(), at));
      case 2 -> change(portfolio, at);
      case 3 -> {
        var symbol = symbol();
        yield Events.fill("o" + orders++, symbol, quantity(), "" + random.nextInt(10_000), at);
      }
      case 4 -> List.of(Events.position(symbol(), quantity(), at));
      default -> several(at);
    };
  }

  private List<PortfolioEvent> several(Instant at) {
    var events = new ArrayList<PortfolioEvent>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      events.add(Events.position(symbol(), quantity(), at));
      events.add(cash(at));
    }
    return events;
  }

  /// An open order comes further.
  private List<PortfolioEvent> change(Portfolio portfolio, Instant at) {
    for (var order : portfolio.orders().values()) {
      if (order.isOpen()) {
        var progress = order.progress().ended(status(), "as it happens");
        return List.of(new OrderChanged(order.with(progress, at)));
      }
    }
    return List.of(cash(at));
  }

  private PortfolioEvent cash(Instant at) {
    return Events.account("" + random.nextInt(100_000), at);
  }

  private String status() {
    return STATUSES.get(random.nextInt(STATUSES.size()));
  }

  /// From short to long, and often nothing at all.
  private String quantity() {
    return random.nextInt(3) == 0 ? "0" : "" + random.nextInt(-20, 40);
  }

  /// A trade somewhere on the market.
  Mark trade(String symbol, Instant at) {
    return new Mark(symbol, BigDecimal.valueOf(random.nextInt(9_000, 11_000), 2), at, at);
  }
}
