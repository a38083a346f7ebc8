package io.portfoliostream.simulator.market;

import java.time.Instant;

/// A symbol that does not trade for the time being.
///
/// @param reason the exchange's code, such as `T1` (NASDAQ) or `M` (other exchanges)
public record Halt(String symbol, String reason, Instant since) {}
