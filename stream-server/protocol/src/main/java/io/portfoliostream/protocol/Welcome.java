package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

/// The first message of a connection.
///
/// @param protocol the version of this contract, 1
/// @param node the name of the server node, for support
public record Welcome(
    String connectionId,
    int protocol,
    String epoch,
    long seq,
    String node,
    Heartbeat heartbeat,
    Conflation conflation,
    Limits limits,
    Feeds feeds)
    implements Payload {
  /// Refuses a welcome with a field missing.
  public Welcome {
    requireNonNull(connectionId, "connectionId");
    requireNonNull(epoch, "epoch");
    requireNonNull(node, "node");
    requireNonNull(heartbeat, "heartbeat");
    requireNonNull(conflation, "conflation");
    requireNonNull(limits, "limits");
    requireNonNull(feeds, "feeds");
  }

  /// How often the server pings, and how long it bears silence, in milliseconds.
  public record Heartbeat(long intervalMs, long timeoutMs) {}

  /// The default window, the longest wait of an update, and the slowest window a client may ask
  /// for.
  public record Conflation(long windowMs, long maxWaitMs, long maxWindowMs) {}

  /// What the server accepts from a client.
  public record Limits(int messageBytes, int messagesPerSecond) {}
}
