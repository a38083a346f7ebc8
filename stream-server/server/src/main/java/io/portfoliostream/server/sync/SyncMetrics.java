package io.portfoliostream.server.sync;

/// Hears what comparisons with the broker find.
public interface SyncMetrics {
  /// A comparison ended well.
  void compared();

  /// A comparison could not be made.
  void comparisonFailed();

  /// Differences were found and corrected.
  void drift(Difference kind, int count);
}
