package io.portfoliostream.alpaca;

/// A kind of market data that can be subscribed to.
public enum MarketChannel {
  /// Trades: what marks a position.
  TRADES("trades"),
  /// Best bid and offer; many times as many as trades.
  QUOTES("quotes"),
  /// Halts and resumptions.
  STATUSES("statuses");

  private final String word;

  MarketChannel(String word) {
    this.word = word;
  }

  /// The channel's name in messages.
  String word() {
    return word;
  }
}
