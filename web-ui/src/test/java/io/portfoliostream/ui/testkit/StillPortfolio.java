package io.portfoliostream.ui.testkit;

import io.portfoliostream.client.PortfolioView;
import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.protocol.Welcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A portfolio at one moment, made by hand.
public record StillPortfolio(
    List<PositionUpdate> positions,
    List<OrderUpdate> orders,
    List<TradeExecuted> trades,
    @Nullable AccountUpdate accountOrNull,
    @Nullable Feeds feedsOrNull,
    @Nullable Instant asOfOrNull)
    implements PortfolioView {
  /// What is known before the first answer.
  public static final StillPortfolio UNKNOWN =
      new StillPortfolio(List.of(), List.of(), List.of(), null, null, null);

  /// An account with nothing in it.
  public static final StillPortfolio EMPTY =
      new StillPortfolio(
          List.of(), List.of(), List.of(), Samples.ACCOUNT, Samples.LIVE_FEEDS, Samples.NOON);

  /// The same with a position, or another one in its symbol; a closed one goes.
  public StillPortfolio with(PositionUpdate position) {
    var changed = new ArrayList<>(positions);
    changed.removeIf(old -> old.symbol().equals(position.symbol()));
    if (!position.isClosed()) {
      changed.add(position);
    }
    changed.sort(Comparator.comparing(PositionUpdate::symbol));
    return new StillPortfolio(
        List.copyOf(changed), orders, trades, accountOrNull, feedsOrNull, asOfOrNull);
  }

  /// The same with an order on top, or another state of one.
  public StillPortfolio with(OrderUpdate order) {
    var changed = new ArrayList<>(orders);
    changed.removeIf(old -> old.orderId().equals(order.orderId()));
    changed.add(order);
    changed.sort(Comparator.comparing(OrderUpdate::submittedAt).reversed());
    return new StillPortfolio(
        positions, List.copyOf(changed), trades, accountOrNull, feedsOrNull, asOfOrNull);
  }

  /// The same with these feeds.
  public StillPortfolio with(Feeds feeds) {
    return new StillPortfolio(positions, orders, trades, accountOrNull, feeds, asOfOrNull);
  }

  /// The same with these figures.
  public StillPortfolio with(AccountUpdate account) {
    return new StillPortfolio(positions, orders, trades, account, feedsOrNull, asOfOrNull);
  }

  @Override
  public Optional<PositionUpdate> position(String symbol) {
    return positions.stream().filter(position -> position.symbol().equals(symbol)).findAny();
  }

  @Override
  public Optional<OrderUpdate> order(String id) {
    return orders.stream().filter(order -> order.orderId().equals(id)).findAny();
  }

  @Override
  public Optional<AccountUpdate> account() {
    return Optional.ofNullable(accountOrNull);
  }

  @Override
  public Optional<Feeds> feeds() {
    return Optional.ofNullable(feedsOrNull);
  }

  @Override
  public Optional<StreamPosition> streamPosition() {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> asOf() {
    return Optional.ofNullable(asOfOrNull);
  }

  @Override
  public Optional<Welcome> welcome() {
    return Optional.empty();
  }
}
