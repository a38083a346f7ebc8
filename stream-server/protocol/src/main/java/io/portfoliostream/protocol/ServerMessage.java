package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A message from server to client: it takes the client's sequenced state from `prevSeq` to `seq`.
///
/// @param timestamp when the oldest change in the message reached the server; for a message without
///   a change, when it was made
/// @param userId whose it is: the owner that is checked again right before the write
public record ServerMessage(
    Instant timestamp, String userId, long prevSeq, long seq, Payload data) {
  /// Refuses a message with a field missing or a range that runs backwards.
  public ServerMessage {
    requireNonNull(timestamp, "timestamp");
    requireNonNull(userId, "userId");
    requireNonNull(data, "data");
    if (prevSeq < 0 || seq < prevSeq) {
      throw new IllegalArgumentException("not a range: " + prevSeq + ".." + seq);
    }
  }
}
