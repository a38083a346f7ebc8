package io.portfoliostream.ui.login;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/// Checks name and password by opening a session at the stream server.
final class RemoteAuthentication implements AuthenticationProvider {
  private static final int LONGEST = 256;

  private final StreamSignIn signIn;

  RemoteAuthentication(StreamSignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    var username = attempt.getName();
    var password = attempt.getCredentials() instanceof String text ? text : "";
    if (username.isBlank() || username.length() > LONGEST || password.length() > LONGEST) {
      throw new BadCredentialsException("no such name or password can exist");
    }
    var address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : null;
    var signedIn = signIn.signIn(username, password, address);
    return UsernamePasswordAuthenticationToken.authenticated(
        signedIn.session(), null, signedIn.authorities());
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
