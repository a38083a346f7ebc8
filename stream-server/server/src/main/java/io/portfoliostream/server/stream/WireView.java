package io.portfoliostream.server.stream;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.Feeds.Feed;
import io.portfoliostream.protocol.Feeds.State;
import io.portfoliostream.protocol.OrderSide;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionSide;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.StateDigest;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.FeedState;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.Position;
import io.portfoliostream.server.portfolio.Side;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.portfolio.Valuation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// A portfolio as clients are shown it: whole objects, marked at the latest prices.
///
/// A position whose symbol has no mark yet is valued at what was paid for it, as of its opening.
public final class WireView {
  private final MarkBook marks;
  private final FeedBoard feeds;

  /// Creates a view at the prices of `marks`.
  public WireView(MarkBook marks, FeedBoard feeds) {
    this.marks = requireNonNull(marks, "marks");
    this.feeds = requireNonNull(feeds, "feeds");
  }

  /// A position at its latest price; quantity "0" when it closed.
  public PositionUpdate position(Position position) {
    var mark = marks.mark(position.symbol()).orElse(null);
    var price = price(position, mark);
    return new PositionUpdate(
        position.symbol(),
        plain(position.quantity().abs()),
        price,
        position.averageEntryPrice(),
        Valuation.unrealized(position, price),
        Valuation.unrealizedPercent(position, price),
        Valuation.marketValue(position, price),
        side(position),
        position.strategyId(),
        position.openedAt(),
        Valuation.dayProfit(position, price),
        Valuation.dayProfitPercent(position, price),
        mark == null ? position.openedAt() : mark.tradedAt(),
        mark == null ? position.updatedAt() : later(position.updatedAt(), mark.receivedAt()));
  }

  /// The account with its positions at their latest prices.
  public AccountUpdate account(Account account, Collection<Position> positions) {
    var newest = account.updatedAt();
    for (var position : positions) {
      var mark = marks.mark(position.symbol()).orElse(null);
      newest = mark == null ? newest : later(newest, mark.receivedAt());
    }
    var equity =
        Valuation.equity(
            account,
            positions,
            position -> price(position, marks.mark(position.symbol()).orElse(null)));
    return new AccountUpdate(
        equity,
        Valuation.money(account.buyingPower()),
        Valuation.money(account.cash()),
        equity,
        Valuation.dayProfit(account, equity),
        Valuation.dayProfitPercent(account, equity),
        newest);
  }

  /// An order.
  public OrderUpdate order(Order order) {
    var terms = order.terms();
    var progress = order.progress();
    var links = order.links();
    return new OrderUpdate(
        order.id(),
        order.brokerId(),
        order.clientOrderId(),
        terms.symbol(),
        side(terms.side()),
        terms.type(),
        terms.timeInForce(),
        progress.status(),
        terms.quantity(),
        terms.notional(),
        progress.filledQuantity(),
        progress.filledAveragePrice(),
        terms.limitPrice(),
        terms.stopPrice(),
        terms.trailPrice(),
        terms.trailPercent(),
        terms.extendedHours() ? true : null,
        terms.orderClass(),
        links.parentOrderId(),
        links.replaces(),
        links.replacedBy(),
        terms.strategyId(),
        order.submittedAt(),
        progress.filledAt(),
        progress.canceledAt(),
        progress.expiresAt(),
        progress.rejectReason(),
        order.updatedAt());
  }

  /// An execution.
  public TradeExecuted trade(Execution execution) {
    return new TradeExecuted(
        execution.id(),
        execution.orderId(),
        execution.brokerOrderId(),
        execution.symbol(),
        side(execution.side()),
        execution.quantity(),
        execution.price(),
        execution.positionQuantity(),
        execution.executedAt(),
        execution.corrects(),
        execution.busted() ? true : null);
  }

  /// The whole portfolio.
  public Snapshot snapshot(Portfolio portfolio) {
    return Content.of(portfolio, this).snapshot();
  }

  /// How fresh what `user` sees is.
  public Feeds feeds(UserId user) {
    return new Feeds(feed(feeds.trading(user)), feed(feeds.marketData()));
  }

  /// The digest of a portfolio, over decimals as they are on the wire.
  public String digest(Portfolio portfolio) {
    var digest = new StateDigest();
    for (var position : portfolio.positions().values()) {
      digest.position(
          position.symbol(),
          side(position),
          position.quantity().abs(),
          position.averageEntryPrice());
    }
    for (var order : portfolio.orders().values()) {
      if (order.isOpen()) {
        var progress = order.progress();
        digest.order(
            order.id(),
            progress.status(),
            progress.filledQuantity(),
            progress.filledAveragePrice());
      }
    }
    if (portfolio.account() != null) {
      digest.cash(Valuation.money(portfolio.account().cash()));
    }
    return digest.value();
  }

  private static BigDecimal price(Position position, @Nullable Mark mark) {
    return mark == null ? position.averageEntryPrice() : mark.price();
  }

  private static Feed feed(FeedState state) {
    return new Feed(state.live() ? State.LIVE : State.STALE, state.since(), state.lastEventAt());
  }

  private static PositionSide side(Position position) {
    return position.quantity().signum() < 0 ? PositionSide.SHORT : PositionSide.LONG;
  }

  private static OrderSide side(Side side) {
    return side == Side.BUY ? OrderSide.BUY : OrderSide.SELL;
  }

  private static BigDecimal plain(BigDecimal quantity) {
    var stripped = quantity.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
