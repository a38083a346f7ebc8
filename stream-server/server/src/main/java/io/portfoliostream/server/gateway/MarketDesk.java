package io.portfoliostream.server.gateway;

import io.portfoliostream.server.market.AssetDirectory;
import io.portfoliostream.server.market.MarketClock;
import io.portfoliostream.server.marks.Quote;
import java.util.Collection;
import java.util.Map;

/// What is told about the market.
public record MarketDesk(MarketClock clock, AssetDirectory assets, Quotes quotes) {

  /// Last prices, bids and offers.
  @FunctionalInterface
  public interface Quotes {
    /// The quotes of `symbols`; one is left out when it is certain that there is no such symbol.
    Map<String, Quote> of(Collection<String> symbols);
  }
}
