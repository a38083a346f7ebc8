package io.portfoliostream.ui.login;

import io.portfoliostream.client.SessionCookie;
import io.portfoliostream.ui.login.StreamSignIn.Resumed;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/// Keeps the name of the remote session in a cookie of the browser, so that a restart of this
/// server asks nobody to sign in again. It lives as long as the browser, or the remote session.
final class RememberedSession implements RememberMeServices, LogoutHandler {
  static final String COOKIE = "ui_remember";

  private final StreamSignIn signIn;
  private final String key;

  /// @param key marks what this process has checked itself
  RememberedSession(StreamSignIn signIn, String key) {
    this.signIn = signIn;
    this.key = key;
  }

  @Override
  public @Nullable Authentication autoLogin(
      HttpServletRequest request, HttpServletResponse response) {
    var cookie = cookieOf(request);
    if (cookie.isEmpty() || !asksForPage(request)) {
      return null;
    }
    return switch (signIn.resume(cookie.get())) {
      case Resumed.Valid(var signedIn) ->
          new RememberMeAuthenticationToken(key, signedIn.session(), signedIn.authorities());
      case Resumed.Ended _ -> {
        write(request, response, "", 0);
        yield null;
      }
      case Resumed.Unknown _ -> null;
    };
  }

  @Override
  public void loginFail(HttpServletRequest request, HttpServletResponse response) {
    write(request, response, "", 0);
  }

  @Override
  public void loginSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication) {
    if (authentication.getPrincipal() instanceof RemoteSession session) {
      write(request, response, session.cookie().value(), -1);
    }
  }

  @Override
  public void logout(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication) {
    write(request, response, "", 0);
    if (authentication != null && authentication.getPrincipal() instanceof RemoteSession session) {
      signIn.signOut(session);
    }
  }

  /// The session that the browser remembers.
  static Optional<SessionCookie> cookieOf(HttpServletRequest request) {
    var cookies = request.getCookies();
    if (cookies == null) {
      return Optional.empty();
    }
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(COOKIE)) {
        return parse(cookie.getValue());
      }
    }
    return Optional.empty();
  }

  private static Optional<SessionCookie> parse(String value) {
    try {
      return Optional.of(new SessionCookie(value));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Only a page is worth a question to the stream server; its scripts and styles are not.
  private static boolean asksForPage(HttpServletRequest request) {
    var accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.getMethod().equals("GET") && accept != null && accept.contains("text/html");
  }

  private static void write(
      HttpServletRequest request, HttpServletResponse response, String value, long maxAgeSeconds) {
    var cookie =
        ResponseCookie.from(COOKIE, value)
            .path("/")
            .maxAge(maxAgeSeconds)
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Lax")
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
