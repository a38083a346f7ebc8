package io.portfoliostream.server.portfolio;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;

/// The price that positions in a symbol are valued at.
///
/// @param tradedAt the broker's time of the trade
/// @param receivedAt when this server heard of it
public record Mark(String symbol, BigDecimal price, Instant tradedAt, Instant receivedAt) {
  /// Refuses a mark with a part missing.
  public Mark {
    requireNonNull(symbol, "symbol");
    requireNonNull(price, "price");
    requireNonNull(tradedAt, "tradedAt");
    requireNonNull(receivedAt, "receivedAt");
  }
}
