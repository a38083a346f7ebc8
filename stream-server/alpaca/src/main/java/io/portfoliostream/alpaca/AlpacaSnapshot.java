package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The newest market data of one symbol, read by REST.
///
/// @param dailyClose last price of the current day's bar
/// @param previousClose close of the trading day before
public record AlpacaSnapshot(
    String symbol,
    @Nullable MarketTrade latestTrade,
    @Nullable MarketQuote latestQuote,
    @Nullable BigDecimal dailyClose,
    @Nullable BigDecimal previousClose) {

  static AlpacaSnapshot read(String symbol, Fields snapshot) {
    return new AlpacaSnapshot(
        symbol,
        snapshot.objectIfPresent("latestTrade").map(t -> MarketTrade.read(symbol, t)).orElse(null),
        snapshot.objectIfPresent("latestQuote").map(q -> MarketQuote.read(symbol, q)).orElse(null),
        close(snapshot, "dailyBar"),
        close(snapshot, "prevDailyBar"));
  }

  private static @Nullable BigDecimal close(Fields snapshot, String bar) {
    return snapshot.objectIfPresent(bar).map(b -> b.decimal("c")).orElse(null);
  }
}
