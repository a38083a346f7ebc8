package io.portfoliostream.server.bus;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A word from one node to all nodes, itself included.
public sealed interface Announcement {

  /// Who may stream was changed.
  ///
  /// @param version grows with every change: an older word says nothing
  /// @param changedBy the administrator
  record RealtimeChanged(
      boolean enabled, int percent, long version, Instant changedAt, @Nullable String changedBy)
      implements Announcement {
    /// Refuses a change without a time.
    public RealtimeChanged {
      requireNonNull(changedAt, "changedAt");
    }
  }

  /// A user's streams are to be closed; their clients may come back.
  record Disconnect(UserId user) implements Announcement {
    /// Refuses a missing user.
    public Disconnect {
      requireNonNull(user, "user");
    }
  }

  /// A client came back in place of a connection that another node may have lost.
  record ClientReturned(UserId user, String connectionId) implements Announcement {
    /// Refuses a return with a part missing.
    public ClientReturned {
      requireNonNull(user, "user");
      requireNonNull(connectionId, "connectionId");
    }
  }
}
