package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import java.time.Instant;

/// A trade in the market: the newest price of a symbol.
///
/// @param time the exchange's time
public record MarketTrade(String symbol, BigDecimal price, BigDecimal size, Instant time) {

  static MarketTrade read(String symbol, Fields trade) {
    return new MarketTrade(symbol, trade.decimal("p"), trade.decimal("s"), trade.instant("t"));
  }
}
