package io.portfoliostream.server.sync;

/// Hears what comparisons with the broker find.
public interface SyncMetrics {
  /// A comparison ended well.
  void compared();

  /// A comparison could not be made.
  void comparisonFailed();

  /// A difference was found and corrected.
  void corrected(Difference kind, Explanation cause);

  /// How long ago the broker was last heard on the streams of this node's accounts, in seconds.
  ///
  /// @param oldest of the account that was heard longest ago
  /// @param newest of the account that was heard last
  void brokerHeard(long oldest, long newest);
}
