package io.portfoliostream.protocol;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A message from client to server.
public sealed interface ClientMessage extends Inbound {

  /// Adds to the subscription.
  ///
  /// @param channels all four when absent
  /// @param symbols narrows positions, orders and trades
  /// @param windowMs asks for a slower conflation
  /// @param resume the position to continue from
  record Subscribe(
      @Nullable Set<Channel> channels,
      @Nullable Set<String> symbols,
      @Nullable Integer windowMs,
      @Nullable StreamPosition resume)
      implements ClientMessage {}

  /// Takes from the subscription.
  record Unsubscribe(@Nullable Set<Channel> channels, @Nullable Set<String> symbols)
      implements ClientMessage {}

  /// Asks for a [Pong].
  record Ping(@Nullable String id) implements ClientMessage {}

  /// Asks to continue from a position after a gap.
  record Resume(StreamPosition position) implements ClientMessage {}

  /// Tells what only the client knows.
  ///
  /// @param rendered latency from the server's `timestamp` to applied, in milliseconds
  /// @param drift differences found and repaired since the last report
  /// @param fallback why the client polled since the last report
  record Report(@Nullable Rendered rendered, @Nullable Long drift, @Nullable String fallback)
      implements ClientMessage {
    /// A summary of latencies in milliseconds.
    public record Rendered(long count, long p50, long p95, long p99) {}
  }
}
