package io.portfoliostream.server.ledger;

import io.portfoliostream.server.portfolio.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A position with what guards it against old news.
///
/// @param lastEventId the broker event that the quantity follows
/// @param lastEventAt its time
/// @param touched seq of the last change, 0 for a position that does not exist yet
public record HeldPosition(
    Position position, @Nullable String lastEventId, @Nullable Instant lastEventAt, long touched) {

  /// Whether an event is newer than the one that the quantity follows: by the broker's ordered ids
  /// where both have one, else by time.
  boolean isFollowedBy(@Nullable String eventId, Instant executedAt) {
    if (eventId != null && lastEventId != null) {
      return eventId.compareTo(lastEventId) > 0;
    }
    return lastEventAt == null || !executedAt.isBefore(lastEventAt);
  }
}
