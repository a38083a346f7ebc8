package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

/// A bookmark in a user's portfolio: the number `seq` in the numbering `epoch`.
///
/// The number alone is not enough. When a database is restored from a backup, numbers that were
/// handed out before are handed out again for other events; a client at 15 would resume from 16 and
/// never learn that its 11 to 15 are not the server's. The epoch changes with the numbering, so
/// that such a client gets a snapshot instead.
///
/// @param epoch opaque name of the numbering
/// @param seq number of the last event applied, 0 before the first
public record StreamPosition(String epoch, long seq) {
  /// Refuses an impossible bookmark.
  public StreamPosition {
    requireNonNull(epoch, "epoch");
    if (epoch.isEmpty() || epoch.length() > 64) {
      throw new IllegalArgumentException("epoch must have 1 to 64 characters");
    }
    if (seq < 0) {
      throw new IllegalArgumentException("seq is negative: " + seq);
    }
  }
}
