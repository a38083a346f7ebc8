package io.portfoliostream.alpaca;

/// The two forms in which the trading stream takes a key and secret.
public enum AuthEnvelope {
  /// `{"action":"authenticate","data":{"key_id":…,"secret_key":…}}`: what all of Alpaca's own SDKs
  /// send.
  CLASSIC,
  /// `{"action":"auth","key":…,"secret":…}`: what the current documentation shows.
  FLAT
}
