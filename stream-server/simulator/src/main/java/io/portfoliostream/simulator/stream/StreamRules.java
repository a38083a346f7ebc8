package io.portfoliostream.simulator.stream;

import java.time.Duration;

/// What streams are allowed.
///
/// @param connectionsPerAccount authorized connections of one account to one stream, 0 for any
/// @param authTimeout time to say who one is
/// @param slotPatience how long a new connection waits for the one before it to be gone
public record StreamRules(int connectionsPerAccount, Duration authTimeout, Duration slotPatience) {

  public StreamRules {
    if (connectionsPerAccount < 0) {
      throw new IllegalArgumentException(
          "connections per account must not be negative: " + connectionsPerAccount);
    }
  }

  /// The broker's rules: one connection, 10 seconds.
  public static StreamRules of(int connectionsPerAccount) {
    return new StreamRules(connectionsPerAccount, Duration.ofSeconds(10), Duration.ofSeconds(1));
  }
}
