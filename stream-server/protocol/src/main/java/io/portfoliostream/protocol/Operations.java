package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The bodies of the calls by which administrators steer and watch a server.
public final class Operations {
  private Operations() {}

  /// The body of `POST /api/admin/realtime`; what is absent stays as it is.
  ///
  /// @param percent of the users who may stream, 0 to 100
  public record RealtimeWish(@Nullable Boolean enabled, @Nullable Integer percent) {}

  /// The answer of `GET` and `POST /api/admin/realtime`.
  ///
  /// @param percent of the users who may stream while real time is enabled
  /// @param changedBy the administrator's user id, absent before the first change
  public record Realtime(
      boolean enabled, int percent, Instant changedAt, @Nullable String changedBy) {
    /// Refuses an answer with a field missing.
    public Realtime {
      requireNonNull(changedAt, "changedAt");
    }
  }
}
