package io.portfoliostream.server.sync;

import java.util.Locale;

/// A way in which ledger and broker differed.
public enum Difference {
  /// An order whose state we did not know.
  ORDER,
  /// An execution that was never booked.
  EXECUTION,
  /// A position's quantity.
  POSITION,
  /// A position's average entry price.
  ENTRY_PRICE,
  /// Cash.
  CASH;

  /// The word on the wire and in metrics.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
