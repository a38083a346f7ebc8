package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Whether an order may trade yet, and what it waits for.
///
/// @param pulled whether the stop price was reached, or there is none
/// @param stop the stop price that counts now, or null
/// @param best the best price that a trailing stop has seen, or null
public record Trigger(boolean pulled, @Nullable BigDecimal stop, @Nullable BigDecimal best) {

  static Trigger of(Ticket ticket) {
    return new Trigger(!ticket.type().waitsForTrigger(), ticket.stopPrice(), null);
  }

  Trigger pull() {
    return new Trigger(true, stop, best);
  }

  /// Whether a last price reaches the stop.
  boolean isReached(Side side, BigDecimal last) {
    if (pulled || stop == null) {
      return false;
    }
    return side == Side.BUY ? last.compareTo(stop) >= 0 : last.compareTo(stop) <= 0;
  }

  /// This trigger when the price has been at a level: a trailing stop follows a better one.
  Trigger seen(Ticket ticket, BigDecimal last) {
    var trail = ticket.trail();
    if (trail == null || pulled || (best != null && !isBetter(ticket.side(), last, best))) {
      return this;
    }
    return new Trigger(false, trail.stop(ticket.side(), last), last);
  }

  private static boolean isBetter(Side side, BigDecimal price, BigDecimal than) {
    return side == Side.SELL ? price.compareTo(than) > 0 : price.compareTo(than) < 0;
  }
}
