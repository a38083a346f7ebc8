package io.portfoliostream.simulator.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// The price process as it is saved.
///
/// @param randomPosition where the random source continues
/// @param factor level of the movement that all symbols share
public record MarketState(
    long randomPosition, long lastTradeId, double factor, List<Saved> symbols) {

  public MarketState {
    symbols = List.copyOf(symbols);
  }

  /// One symbol as it is saved.
  ///
  /// @param level the unrounded price of the random walk
  public record Saved(
      String symbol,
      double level,
      BigDecimal last,
      Instant at,
      BigDecimal previousClose,
      Bar day,
      Bar previousDay) {}
}
