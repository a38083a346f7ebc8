package io.portfoliostream.client;

/// Told of every change, on the client's own thread, one at a time and never under a lock.
///
/// What it reads from the client is at least as new as what it is told. It should return soon: the
/// next message waits for it. One that throws is logged and does no harm to others.
@FunctionalInterface
public interface PortfolioListener {
  /// Something changed.
  void changed(Changes changes);
}
