package io.portfoliostream.simulator.market;

/// The finished minute of a symbol.
public record MinuteBar(String symbol, Bar bar) implements MarketPoint {}
