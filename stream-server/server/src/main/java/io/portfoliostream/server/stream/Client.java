package io.portfoliostream.server.stream;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.server.portfolio.UserId;
import org.jspecify.annotations.Nullable;

/// Who is at the other end of a connection, as the upgrade established it.
///
/// @param sessionId the stored identity of the session (a hash), never the cookie's value
/// @param connectionId ours, unique
/// @param replaces the connection that the client says this one takes the place of
/// @param agent what the client calls itself
public record Client(
    UserId user,
    String sessionId,
    String connectionId,
    @Nullable String replaces,
    @Nullable String address,
    @Nullable String agent) {
  /// Refuses a client without an identity.
  public Client {
    requireNonNull(user, "user");
    requireNonNull(sessionId, "sessionId");
    requireNonNull(connectionId, "connectionId");
  }
}
