package io.portfoliostream.client;

/// How a portfolio read by REST relates to the replica.
sealed interface Comparison {
  /// The replica awaits an answer of its own.
  record Unready() implements Comparison {}

  /// REST is older: nothing to learn from it.
  record Behind() implements Comparison {}

  /// REST is newer: the stream may still deliver.
  record Ahead() implements Comparison {}

  /// REST counts in another numbering.
  record OtherEpoch() implements Comparison {}

  /// Both at the same number; what differed is repaired.
  record Compared(int differences, Changes changes) implements Comparison {}
}
