package io.portfoliostream.alpaca;

import java.math.BigDecimal;
import java.time.Instant;

/// Best bid and offer of a symbol.
///
/// @param bidPrice 0 when nobody bids
/// @param bidSize in shares
/// @param askPrice 0 when nobody offers
/// @param askSize in shares
public record MarketQuote(
    String symbol,
    BigDecimal bidPrice,
    BigDecimal bidSize,
    BigDecimal askPrice,
    BigDecimal askSize,
    Instant time) {

  static MarketQuote read(String symbol, Fields quote) {
    return new MarketQuote(
        symbol,
        quote.decimal("bp"),
        quote.decimal("bs"),
        quote.decimal("ap"),
        quote.decimal("as"),
        quote.instant("t"));
  }
}
