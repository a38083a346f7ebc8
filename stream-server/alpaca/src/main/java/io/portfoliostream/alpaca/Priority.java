package io.portfoliostream.alpaca;

/// Who goes first when requests must wait for the rate, the most urgent first.
enum Priority {
  /// Order entry: submit, replace, cancel.
  ORDER,
  /// Reads that somebody waits for.
  READ,
  /// Reads that can wait, such as a periodic reconciliation.
  BACKGROUND
}
