package io.portfoliostream.server.marks;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Last trade, bid and offer of a symbol.
///
/// @param last absent when no trade is known
/// @param offers absent when no quote is known
/// @param readAt when the broker told it, absent when it did not
/// @param stale whether the broker could not be asked just now
/// @param source where the symbol's prices come from
/// @param halt absent when the symbol trades
public record Quote(
    String symbol,
    @Nullable Last last,
    @Nullable Offers offers,
    @Nullable Instant readAt,
    boolean stale,
    Source source,
    @Nullable Halt halt) {
  /// Refuses a quote of nothing.
  public Quote {
    requireNonNull(symbol, "symbol");
    requireNonNull(source, "source");
  }

  /// How prices of a symbol arrive.
  public enum Source {
    /// As they are made.
    STREAM,
    /// When they are asked for, every few seconds.
    POLL
  }

  /// A trade.
  ///
  /// @param at the exchange's time
  public record Last(BigDecimal price, Instant at) {}

  /// Best bid and offer.
  ///
  /// @param bid absent when nobody bids
  /// @param bidSize in shares
  /// @param ask absent when nobody offers
  /// @param askSize in shares
  /// @param at the exchange's time
  public record Offers(
      @Nullable BigDecimal bid,
      BigDecimal bidSize,
      @Nullable BigDecimal ask,
      BigDecimal askSize,
      Instant at) {}
}
