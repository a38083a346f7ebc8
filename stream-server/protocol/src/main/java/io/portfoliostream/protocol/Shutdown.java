package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

/// The node is going away; a close with 1012 follows.
///
/// @param reconnectAfterMs come back at a random time in this range
public record Shutdown(String reason, Range reconnectAfterMs) implements Payload {
  /// Refuses a shutdown with a field missing.
  public Shutdown {
    requireNonNull(reason, "reason");
    requireNonNull(reconnectAfterMs, "reconnectAfterMs");
  }

  /// Milliseconds, both ends included.
  public record Range(long min, long max) {
    /// Refuses an empty range.
    public Range {
      if (min < 0 || max < min) {
        throw new IllegalArgumentException("not a range: " + min + ".." + max);
      }
    }
  }
}
