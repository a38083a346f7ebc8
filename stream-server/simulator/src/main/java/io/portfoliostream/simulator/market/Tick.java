package io.portfoliostream.simulator.market;

import java.math.BigDecimal;
import java.time.Instant;

/// A trade, and the quote that stands after it.
///
/// @param tradeId grows by one with each trade of any symbol
/// @param size shares
public record Tick(
    String symbol,
    ListingVenue venue,
    long tradeId,
    BigDecimal price,
    int size,
    Quote quote,
    Instant at)
    implements MarketPoint {}
