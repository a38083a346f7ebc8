package io.portfoliostream.server.ledger;

import org.jspecify.annotations.Nullable;

/// Which orders to read: newest first.
///
/// @param limit 1 to 500
/// @param before the id of the order to continue after, from the page before
public record OrderFilter(Status status, int limit, @Nullable String before) {
  /// Refuses a limit out of bounds.
  public OrderFilter {
    if (limit < 1 || limit > 500) {
      throw new IllegalArgumentException("limit must be 1 to 500");
    }
  }

  /// Which statuses.
  public enum Status {
    /// Those that can still change.
    OPEN,
    /// Those that ended.
    CLOSED,
    /// All.
    ALL
  }
}
