package io.portfoliostream.server.stream;

import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Links;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Order.Terms;
import io.portfoliostream.server.portfolio.PortfolioEvent;
import io.portfoliostream.server.portfolio.PortfolioEvent.AccountChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.ExecutionBooked;
import io.portfoliostream.server.portfolio.PortfolioEvent.OrderChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.PositionChanged;
import io.portfoliostream.server.portfolio.Position;
import io.portfoliostream.server.portfolio.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// Portfolio events and marks in few words.
public final class Events {
  private Events() {}

  /// A position of `quantity` at an entry price of 100.
  public static PortfolioEvent position(String symbol, String quantity, Instant at) {
    return new PositionChanged(
        new Position(
            symbol,
            new BigDecimal(quantity),
            new BigDecimal("100"),
            new BigDecimal(quantity).multiply(new BigDecimal("100")),
            null,
            at,
            at));
  }

  /// An account with `cash`, and last equity of 10,000.
  public static PortfolioEvent account(String cash, Instant at) {
    return new AccountChanged(
        new Account(
            new BigDecimal(cash),
            new BigDecimal(cash),
            new BigDecimal("10000"),
            BigDecimal.ZERO,
            at));
  }

  /// A market order for 10 in a status.
  public static PortfolioEvent order(String id, String symbol, String status, Instant at) {
    var terms =
        new Terms(
            symbol,
            Side.BUY,
            "market",
            "day",
            BigDecimal.TEN,
            null,
            null,
            null,
            null,
            null,
            false,
            null,
            null,
            null);
    var filled = status.equals("filled") ? BigDecimal.TEN : BigDecimal.ZERO;
    var progress = new Progress(status, filled, null, null, null, null, null);
    return new OrderChanged(
        new Order(id, "b-" + id, "c-" + id, terms, progress, Links.NONE, at, at));
  }

  /// An execution of `quantity` at 100.
  public static PortfolioEvent trade(String id, String symbol, String quantity, Instant at) {
    return new ExecutionBooked(
        new Execution(
            id,
            "o1",
            "b-o1",
            symbol,
            Side.BUY,
            new BigDecimal(quantity),
            new BigDecimal("100"),
            null,
            at,
            null,
            false));
  }

  /// A price traded and received at `at`.
  public static Mark mark(String symbol, String price, Instant at) {
    return new Mark(symbol, new BigDecimal(price), at, at);
  }

  /// A fill with all that belongs to it: order, execution, position and cash.
  public static List<PortfolioEvent> fill(
      String id, String symbol, String quantityAfter, String cashAfter, Instant at) {
    return List.of(
        order(id, symbol, "filled", at),
        trade("x-" + id, symbol, "10", at),
        position(symbol, quantityAfter, at),
        account(cashAfter, at));
  }
}
