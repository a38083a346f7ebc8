package io.portfoliostream.client;

/// A subscription of a listener, until it is closed.
@FunctionalInterface
public interface Registration extends AutoCloseable {
  /// Ends it; a call that runs already may still come. A second call does nothing.
  @Override
  void close();
}
