package io.portfoliostream.server.stream;

import io.portfoliostream.server.ledger.OrderFilter;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.PortfolioEvent;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A ledger in memory for several threads.
final class SharedLedger implements PortfolioReads {
  private final MemoryLedger ledger = new MemoryLedger();

  synchronized Booking book(UserId user, Instant arrivedAt, List<PortfolioEvent> events) {
    return ledger.book(user, arrivedAt, events);
  }

  synchronized Portfolio head(UserId user) {
    return ledger.head(user);
  }

  @Override
  public synchronized Portfolio load(UserId user) {
    return ledger.load(user);
  }

  @Override
  public synchronized Optional<List<Booking>> since(
      UserId user, String epoch, long seq, int limit) {
    return ledger.since(user, epoch, seq, limit);
  }

  @Override
  public synchronized Map<UserId, PortfolioReads.Position> positions(Collection<UserId> users) {
    return ledger.positions(users);
  }

  @Override
  public List<Order> orders(UserId user, OrderFilter filter) {
    return ledger.orders(user, filter);
  }

  @Override
  public Optional<Order> order(UserId user, String id) {
    return ledger.order(user, id);
  }

  @Override
  public List<Execution> trades(UserId user, int limit, @Nullable String before) {
    return ledger.trades(user, limit, before);
  }
}
