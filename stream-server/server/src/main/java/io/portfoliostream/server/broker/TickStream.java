package io.portfoliostream.server.broker;

import java.util.Set;

/// A stream of trades for the symbols that it is told; it comes back by itself when it is lost.
public interface TickStream extends AutoCloseable {
  /// Begins to connect.
  void start();

  /// Replaces the wanted symbols.
  void subscribe(Set<String> symbols);

  /// The symbols that the broker confirmed on the present connection.
  Set<String> subscribed();

  /// Gives the present connection up and makes another.
  void reconnect(String cause);

  @Override
  void close();
}
