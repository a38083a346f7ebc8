package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The orders that close what an entry opened.
///
/// @param takeProfit limit price of the exit with a profit, or null for none
/// @param stopLoss stop price of the exit with a loss, or null for none
/// @param stopLossLimit limit price of that exit, or null to sell at the market
public record Exits(
    @Nullable BigDecimal takeProfit,
    @Nullable BigDecimal stopLoss,
    @Nullable BigDecimal stopLossLimit) {

  public Exits {
    if (takeProfit == null && stopLoss == null) {
      throw new IllegalArgumentException("no exit at all");
    }
    if (stopLoss == null && stopLossLimit != null) {
      throw new IllegalArgumentException("a limit without a stop: " + stopLossLimit);
    }
  }
}
