package io.portfoliostream.server.ledger;

import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be read of the ledger. Every method throws [LedgerUnavailable] while the database
/// cannot be reached.
public interface PortfolioReads {

  /// A bookmark: `seq` in the numbering `epoch`.
  record Position(String epoch, long seq) {}

  /// The whole portfolio in one consistent read; an empty one for a user without any.
  Portfolio load(UserId user);

  /// All bookings after a bookmark, in order; empty when they cannot be told without a hole:
  /// another epoch, a bookmark ahead of the ledger or before the log's beginning, or more than
  /// `limit` events.
  Optional<List<Booking>> since(UserId user, String epoch, long seq, int limit);

  /// Where the portfolios of `users` stand, in one query.
  Map<UserId, Position> positions(Collection<UserId> users);

  /// One order, by our identity.
  Optional<Order> order(UserId user, String id);

  /// Orders, newest first.
  List<Order> orders(UserId user, OrderFilter filter);

  /// Executions, newest first.
  ///
  /// @param before the id of the execution to continue after
  List<Execution> trades(UserId user, int limit, @Nullable String before);
}
