package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// How far a trailing stop stays behind the best price: by dollars or by percent.
public record Trail(@Nullable BigDecimal price, @Nullable BigDecimal percent) {
  private static final int PERCENT_SCALE = 2;

  public Trail {
    if ((price == null) == (percent == null)) {
      throw new IllegalArgumentException("exactly one of trail price and trail percent");
    }
  }

  /// The stop price that goes with a best price, the highest for a sale and the lowest for a
  /// purchase.
  BigDecimal stop(Side side, BigDecimal best) {
    var distance =
        price == null && percent != null
            ? best.multiply(percent.movePointLeft(PERCENT_SCALE))
            : price;
    var away = distance == null ? BigDecimal.ZERO : distance;
    int grid = best.compareTo(BigDecimal.ONE) >= 0 ? 2 : 4;
    return (side == Side.SELL ? best.subtract(away) : best.add(away))
        .setScale(grid, RoundingMode.HALF_UP);
  }
}
