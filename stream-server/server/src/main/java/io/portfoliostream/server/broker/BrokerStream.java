package io.portfoliostream.server.broker;

import java.time.Instant;
import java.util.Optional;

/// A broker's trading stream of one account, which comes back by itself.
public interface BrokerStream extends AutoCloseable {

  /// Begins to connect.
  void start();

  /// When the broker was last heard on it, be it by a heartbeat.
  Optional<Instant> lastHeardAt();

  /// Gives the connection up and makes a new one: it no longer delivers what it should.
  void reconnect(String cause);

  @Override
  void close();
}
