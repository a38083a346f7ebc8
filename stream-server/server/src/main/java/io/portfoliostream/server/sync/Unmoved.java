package io.portfoliostream.server.sync;

import java.math.BigDecimal;
import java.util.Map;

/// What executions that comparisons booked do to positions and cash, as far as that is not booked
/// yet: what moves during the reads is left to the next comparison.
///
/// @param quantities by symbol, signed
/// @param cash signed
record Unmoved(Map<String, BigDecimal> quantities, BigDecimal cash) {
  static final Unmoved NOTHING = new Unmoved(Map.of(), BigDecimal.ZERO);

  Unmoved {
    quantities = Map.copyOf(quantities);
  }

  boolean isNothing() {
    return quantities.isEmpty() && cash.signum() == 0;
  }
}
