package io.portfoliostream.server.bus;

/// A listener's place on a list; closing it takes the listener off. Closing twice is harmless.
@FunctionalInterface
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
