package io.portfoliostream.server.marks;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How fresh a source of data is.
///
/// @param since when it became live or stale
/// @param lastEventAt when it was last heard, absent when never
public record FeedState(boolean live, Instant since, @Nullable Instant lastEventAt) {
  /// Refuses a state without its beginning.
  public FeedState {
    requireNonNull(since, "since");
  }
}
