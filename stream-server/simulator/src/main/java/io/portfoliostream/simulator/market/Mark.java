package io.portfoliostream.simulator.market;

import java.math.BigDecimal;

/// Where a symbol stands: its last trade, its close of the previous trading day and its bars.
///
/// @param tick the last trade and the quote after it
/// @param previousClose close of the previous trading day
public record Mark(Tick tick, BigDecimal previousClose, Bar minute, Bar day, Bar previousDay) {

  /// The last price.
  public BigDecimal last() {
    return tick.price();
  }

  /// The best bid and offer.
  public Quote quote() {
    return tick.quote();
  }
}
