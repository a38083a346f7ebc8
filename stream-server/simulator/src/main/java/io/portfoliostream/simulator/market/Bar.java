package io.portfoliostream.simulator.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/// Open, high, low, close and volume of an interval.
///
/// @param start left edge of the interval
/// @param volume shares
/// @param turnover sum of price times size
public record Bar(
    Instant start,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    long volume,
    int trades,
    BigDecimal turnover) {

  /// An interval in which nothing traded yet.
  public static Bar flat(Instant start, BigDecimal price) {
    return new Bar(start, price, price, price, price, 0, 0, BigDecimal.ZERO);
  }

  /// This interval with one more trade; the first trade sets the open.
  public Bar with(BigDecimal price, int size) {
    return new Bar(
        start,
        trades == 0 ? price : open,
        trades == 0 ? price : high.max(price),
        trades == 0 ? price : low.min(price),
        price,
        volume + size,
        trades + 1,
        turnover.add(price.multiply(BigDecimal.valueOf(size))));
  }

  /// This interval after a split.
  Bar split(BigDecimal ratio) {
    return new Bar(
        start,
        open.divide(ratio, 4, RoundingMode.HALF_UP),
        high.divide(ratio, 4, RoundingMode.HALF_UP),
        low.divide(ratio, 4, RoundingMode.HALF_UP),
        close.divide(ratio, 4, RoundingMode.HALF_UP),
        new BigDecimal(volume).multiply(ratio).longValue(),
        trades,
        turnover);
  }

  /// The volume-weighted average price.
  public BigDecimal averagePrice() {
    return volume == 0
        ? close
        : turnover.divide(BigDecimal.valueOf(volume), 4, RoundingMode.HALF_UP);
  }
}
