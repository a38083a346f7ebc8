package io.portfoliostream.simulator.market;

/// Something that happened in the market and that subscribers of its symbol hear.
public sealed interface MarketPoint permits Tick, MinuteBar, StatusChange {

  /// The symbol it happened to.
  String symbol();
}
