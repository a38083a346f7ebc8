package io.portfoliostream.server.ledger;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Execution;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.PortfolioEvent;
import io.portfoliostream.server.portfolio.PortfolioEvent.AccountChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.ExecutionBooked;
import io.portfoliostream.server.portfolio.PortfolioEvent.OrderChanged;
import io.portfoliostream.server.portfolio.PortfolioEvent.PositionChanged;
import io.portfoliostream.server.portfolio.Position;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An event as the log keeps it: a JSON object with exactly one of these fields.
record StoredEvent(
    @Nullable Order order,
    @Nullable Execution execution,
    @Nullable Position position,
    @Nullable Account account) {

  static String write(PortfolioEvent event) {
    return text(event);
  }

  static String text(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }

  static PortfolioEvent read(String json) {
    var stored = Json.read(json, StoredEvent.class);
    if (stored.order != null) {
      return new OrderChanged(stored.order);
    }
    if (stored.execution != null) {
      return new ExecutionBooked(stored.execution);
    }
    if (stored.position != null) {
      return new PositionChanged(stored.position);
    }
    if (stored.account != null) {
      return new AccountChanged(stored.account);
    }
    throw new IllegalStateException("the log holds an event of no known kind");
  }
}
