package io.portfoliostream.simulator.desk;

import io.portfoliostream.simulator.broker.TradeUpdate;
import io.portfoliostream.simulator.market.MarketPoint;
import java.util.List;

/// Who hears what happened, once it is durable.
///
/// Called by one thread, in the order in which things happened. It must not block and not call the
/// desk.
public interface Audience {

  /// Something happened to orders or to prices.
  void hear(List<TradeUpdate> updates, List<MarketPoint> points);
}
