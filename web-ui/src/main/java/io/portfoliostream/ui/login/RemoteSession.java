package io.portfoliostream.ui.login;

import io.portfoliostream.client.SessionCookie;
import java.security.Principal;

/// The signed-in user: a session at the stream server.
///
/// The cookie sits in the principal because Spring erases credentials after signing in.
public record RemoteSession(String username, SessionCookie cookie) implements Principal {
  @Override
  public String getName() {
    return username;
  }
}
