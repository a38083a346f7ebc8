package io.portfoliostream.server.marks;

/// How prices of a symbol arrive.
public enum Way {
  /// They will stream once the broker confirms the subscription.
  AWAITED,
  /// The stream tells each trade.
  STREAMED,
  /// They are read every few seconds.
  POLLED
}
