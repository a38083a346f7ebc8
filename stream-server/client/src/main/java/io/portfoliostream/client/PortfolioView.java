package io.portfoliostream.client;

import io.portfoliostream.protocol.AccountUpdate;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.TradeExecuted;
import io.portfoliostream.protocol.Welcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A portfolio as the client knew it at one moment. Immutable, and safe for any number of threads.
public interface PortfolioView {
  /// The open position in `symbol`.
  Optional<PositionUpdate> position(String symbol);

  /// The open positions, sorted by symbol.
  List<PositionUpdate> positions();

  /// The order with our own id `id`.
  Optional<OrderUpdate> order(String id);

  /// The orders that are open or were seen today, newest first.
  List<OrderUpdate> orders();

  /// The last executions, newest first.
  List<TradeExecuted> trades();

  /// The account's figures; absent until they were read once.
  Optional<AccountUpdate> account();

  /// How fresh the sources behind the portfolio are; absent before the first answer.
  Optional<Feeds> feeds();

  /// Where in the user's numbering this view stands; absent before the first answer.
  Optional<StreamPosition> streamPosition();

  /// The server's time of the newest word that this view rests on.
  Optional<Instant> asOf();

  /// What the newest connection said of itself.
  Optional<Welcome> welcome();
}
