package io.portfoliostream.server.sync;

/// Measures nothing.
final class Unmetered implements SyncMetrics {
  @Override
  public void compared() {}

  @Override
  public void comparisonFailed() {}

  @Override
  public void corrected(Difference kind, Explanation cause) {}

  @Override
  public void brokerHeard(long oldest, long newest) {}
}
