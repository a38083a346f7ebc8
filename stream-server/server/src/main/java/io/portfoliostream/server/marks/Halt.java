package io.portfoliostream.server.marks;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A symbol does not trade, by order of its exchange.
///
/// @param reason the exchange's words, or its code where it has none
/// @param since the exchange's time
public record Halt(String symbol, String reason, Instant since) {
  /// Refuses a halt with a part missing.
  public Halt {
    requireNonNull(symbol, "symbol");
    requireNonNull(reason, "reason");
    requireNonNull(since, "since");
  }
}
