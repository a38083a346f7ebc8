package io.portfoliostream.server.sync;

/// Hears what comparisons with the broker find.
public interface SyncMetrics {
  /// A comparison ended well.
  void compared();

  /// A comparison could not be made.
  void comparisonFailed();

  /// A difference was found and corrected.
  void corrected(Difference kind, Explanation cause);

  /// How long ago a broker was last heard, in seconds, over all accounts of this node.
  ///
  /// @param age of the account that was heard longest ago
  void oldestBrokerEvent(long age);
}
