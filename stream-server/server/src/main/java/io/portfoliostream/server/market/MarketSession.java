package io.portfoliostream.server.market;

/// A part of the trading day of United States equities.
public enum MarketSession {
  /// Before the regular session.
  PRE,
  /// The regular session.
  CORE,
  /// After the regular session.
  POST,
  /// From the evening before a trading day to its morning, for a part of the symbols.
  OVERNIGHT,
  /// No trading.
  CLOSED
}
