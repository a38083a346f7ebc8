package io.portfoliostream.server.gateway;

import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.auth.Sessions;
import io.portfoliostream.server.bus.SessionRevoked;
import io.portfoliostream.server.portfolio.UserId;
import java.util.Collection;
import java.util.function.Consumer;

/// The end of sessions: what is remembered of them is dropped, and all nodes are told, which end
/// their streams.
///
/// @param revoked tells all nodes that a session ended
record Endings(Sessions sessions, Consumer<SessionRevoked> revoked) {

  /// Ends a session; whether it had not ended already.
  boolean end(Identity identity) {
    var ended = sessions.revoke(identity.sessionId());
    if (ended) {
      revoked.accept(new SessionRevoked(identity.sessionId(), identity.user()));
    }
    return ended;
  }

  /// Tells that sessions of `user` have ended in the database.
  void tell(UserId user, Collection<String> ended) {
    for (var session : ended) {
      sessions.forget(session);
      revoked.accept(new SessionRevoked(session, user));
    }
  }
}
