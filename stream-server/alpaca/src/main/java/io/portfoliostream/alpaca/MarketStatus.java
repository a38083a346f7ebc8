package io.portfoliostream.alpaca;

import java.time.Instant;

/// A halt, resumption or other trading status of a symbol, in the exchange's codes and words.
public record MarketStatus(
    String symbol,
    String statusCode,
    String statusMessage,
    String reasonCode,
    String reasonMessage,
    Instant time) {}
