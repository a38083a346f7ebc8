package io.portfoliostream.simulator.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The price process as it is saved.
///
/// @param randomPosition where the random source continues
/// @param factor level of the movement that all symbols share
/// @param sectors levels of the movements that the symbols of a sector share
/// @param halts symbols that do not trade
public record MarketState(
    long randomPosition,
    long lastTradeId,
    double factor,
    Map<String, Double> sectors,
    List<Saved> symbols,
    List<Halt> halts) {

  public MarketState {
    sectors = Map.copyOf(Objects.requireNonNullElse(sectors, Map.of()));
    symbols = List.copyOf(symbols);
    halts = List.copyOf(Objects.requireNonNullElse(halts, List.of()));
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
