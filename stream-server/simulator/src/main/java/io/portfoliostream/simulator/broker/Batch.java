package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.MarketPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of running the exchange: a change to save, and then what to tell whom.
public record Batch(@Nullable Delta delta, List<TradeUpdate> updates, List<MarketPoint> points) {

  public Batch {
    updates = List.copyOf(updates);
    points = List.copyOf(points);
  }

  /// Whether there is nothing to save or to tell.
  public boolean isEmpty() {
    return delta == null && updates.isEmpty() && points.isEmpty();
  }
}
