package io.portfoliostream.ui.login;

import io.portfoliostream.client.SessionCookie;
import io.portfoliostream.client.StreamApi;
import io.portfoliostream.client.StreamApiException;
import io.portfoliostream.client.StreamApiException.BadAnswer;
import io.portfoliostream.client.StreamApiException.Refused;
import io.portfoliostream.client.StreamApiException.Unreachable;
import io.portfoliostream.protocol.Rest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// The stream server's sign-in, in Spring's words.
public final class StreamSignIn {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSignIn.class);
  private static final int UNAUTHENTICATED = 401;

  private final StreamApi api;

  /// Signs in through `api`.
  public StreamSignIn(StreamApi api) {
    this.api = api;
  }

  /// Someone who is signed in, and what they may do.
  record SignedIn(RemoteSession session, List<GrantedAuthority> authorities) {}

  /// What an old cookie is still worth.
  sealed interface Resumed {
    /// The session lives.
    record Valid(SignedIn signedIn) implements Resumed {}

    /// The session has ended.
    record Ended() implements Resumed {}

    /// The server cannot say just now.
    record Unknown() implements Resumed {}
  }

  /// Opens a session, or throws what Spring expects: wrong credentials and a server that does not
  /// answer are told apart.
  SignedIn signIn(String username, String password, @Nullable String address) {
    try {
      var cookie = api.login(username, password, address);
      return signedIn(api.me(cookie), cookie);
    } catch (StreamApiException e) {
      throw failure(e);
    }
  }

  /// Takes up a session again.
  Resumed resume(SessionCookie cookie) {
    try {
      return new Resumed.Valid(signedIn(api.me(cookie), cookie));
    } catch (Refused e) {
      return e.problem().status() == UNAUTHENTICATED ? new Resumed.Ended() : unknown(e);
    } catch (Unreachable | BadAnswer e) {
      return unknown(e);
    }
  }

  private static Resumed unknown(StreamApiException e) {
    LOG.warn("The stream server does not tell whether a session lives: {}", e.toString());
    return new Resumed.Unknown();
  }

  /// Ends a session; one that cannot be reached ends by itself.
  void signOut(RemoteSession session) {
    try {
      api.logout(session.cookie());
    } catch (StreamApiException e) {
      LOG.warn("Signing {} out at the stream server failed: {}", session.username(), e.toString());
    }
  }

  private static SignedIn signedIn(Rest.Me me, SessionCookie cookie) {
    var authorities =
        me.roles().stream()
            .<GrantedAuthority>map(
                role -> new SimpleGrantedAuthority("ROLE_" + role.toUpperCase(Locale.ROOT)))
            .toList();
    return new SignedIn(new RemoteSession(me.username(), cookie), authorities);
  }

  private static AuthenticationException failure(StreamApiException e) {
    return switch (e) {
      case Refused refused when refused.problem().status() == UNAUTHENTICATED ->
          new BadCredentialsException("the server knows no such user and password", e);
      case Refused _, Unreachable _, BadAnswer _ -> {
        LOG.warn("The stream server cannot sign anyone in: {}", e.toString());
        yield new AuthenticationServiceException("the server cannot sign in just now", e);
      }
    };
  }
}
