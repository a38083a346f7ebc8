package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.Quote;
import io.portfoliostream.simulator.market.SeededRandom;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// At what price an order trades and how much of it: pure rules.
final class Matching {
  private static final BigDecimal FIFTY = BigDecimal.valueOf(50);
  private static final BigDecimal CHEAP_COLLAR = new BigDecimal("1.04");
  private static final BigDecimal COLLAR = new BigDecimal("1.025");
  private static final int QTY_SCALE = 9;

  private Matching() {}

  /// The far side of the quote, when the order may trade there.
  static Optional<BigDecimal> price(Order order, Quote quote) {
    if (!order.trigger().pulled()) {
      return Optional.empty();
    }
    var far = farSide(order.ticket().side(), quote);
    var limit = worstPrice(order);
    if (limit == null) {
      return Optional.of(far);
    }
    boolean within =
        order.ticket().side() == Side.BUY ? far.compareTo(limit) <= 0 : far.compareTo(limit) >= 0;
    return within ? Optional.of(far) : Optional.empty();
  }

  /// What a buyer pays or a seller gets at once.
  static BigDecimal farSide(Side side, Quote quote) {
    return side == Side.BUY ? quote.ask() : quote.bid();
  }

  /// Shares that an amount buys at a price.
  static BigDecimal sharesFor(BigDecimal amount, BigDecimal price) {
    return amount.divide(price, QTY_SCALE, RoundingMode.DOWN).stripTrailingZeros();
  }

  /// A random part of what remains, whole shares where the rest is whole; all of it when it cannot
  /// be split.
  static BigDecimal part(BigDecimal remaining, SeededRandom random) {
    int scale = Math.clamp(remaining.stripTrailingZeros().scale(), 0, QTY_SCALE);
    var share = BigDecimal.valueOf(random.nextInt(20, 81), 2);
    var part = remaining.multiply(share).setScale(scale, RoundingMode.DOWN);
    return part.signum() > 0 ? part : remaining;
  }

  /// The broker turns a buy stop into a stop-limit a little above its stop price.
  private static @Nullable BigDecimal worstPrice(Order order) {
    var ticket = order.ticket();
    var stop = order.trigger().stop();
    boolean collared = ticket.type() == OrderType.STOP || ticket.type() == OrderType.TRAILING_STOP;
    if (collared && ticket.side() == Side.BUY && stop != null) {
      return stop.multiply(stop.compareTo(FIFTY) < 0 ? CHEAP_COLLAR : COLLAR);
    }
    return ticket.limitPrice();
  }
}
