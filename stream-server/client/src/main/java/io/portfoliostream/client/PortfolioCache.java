package io.portfoliostream.client;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.StateDigest;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.protocol.Welcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that a client holds, as one immutable value; [Fold] makes the next one.
///
/// @param at where it stands in the numbering, absent before the first answer
/// @param newest the server's time of the newest word
/// @param foreign symbols whose price came from another source than this connection; a price of
///   this connection replaces it only when it is later
/// @param foreignAccount the same for the account's figures
record PortfolioCache(
    Keyed<PositionUpdate> positionTable,
    Keyed<OrderUpdate> orderTable,
    TradeLog tradeLog,
    @Nullable AccountUpdate figures,
    @Nullable Feeds sources,
    @Nullable StreamPosition at,
    @Nullable Instant newest,
    @Nullable Welcome greeting,
    Set<String> foreign,
    boolean foreignAccount)
    implements PortfolioView {
  private static final Comparator<OrderUpdate> NEWEST_ORDER_FIRST =
      Comparator.comparing(OrderUpdate::submittedAt).reversed().thenComparing(OrderUpdate::orderId);

  static PortfolioCache empty(int tradesKept) {
    return new PortfolioCache(
        new Keyed<>(Map.of(), Comparator.comparing(PositionUpdate::symbol)),
        new Keyed<>(Map.of(), NEWEST_ORDER_FIRST),
        TradeLog.empty(tradesKept),
        null,
        null,
        null,
        null,
        null,
        Set.of(),
        false);
  }

  @Override
  public Optional<PositionUpdate> position(String symbol) {
    return positionTable.find(symbol);
  }

  @Override
  public List<PositionUpdate> positions() {
    return positionTable.sorted();
  }

  @Override
  public Optional<OrderUpdate> order(String id) {
    return orderTable.find(id);
  }

  @Override
  public List<OrderUpdate> orders() {
    return orderTable.sorted();
  }

  @Override
  public List<TradeExecuted> trades() {
    return tradeLog.newestFirst();
  }

  @Override
  public Optional<AccountUpdate> account() {
    return Optional.ofNullable(figures);
  }

  @Override
  public Optional<Feeds> feeds() {
    return Optional.ofNullable(sources);
  }

  @Override
  public Optional<StreamPosition> streamPosition() {
    return Optional.ofNullable(at);
  }

  @Override
  public Optional<Instant> asOf() {
    return Optional.ofNullable(newest);
  }

  @Override
  public Optional<Welcome> welcome() {
    return Optional.ofNullable(greeting);
  }

  /// The name of the sequenced state, see [StateDigest].
  String digest() {
    var digest = new StateDigest();
    for (var position : positionTable.sorted()) {
      digest.position(
          position.symbol(), position.side(), position.quantity(), position.entryPrice());
    }
    for (var order : orderTable.sorted()) {
      if (order.isOpen()) {
        digest.order(order.orderId(), order.status(), order.filledQty(), order.filledAvgPrice());
      }
    }
    if (figures != null) {
      digest.cash(figures.cash());
    }
    return digest.value();
  }
}
