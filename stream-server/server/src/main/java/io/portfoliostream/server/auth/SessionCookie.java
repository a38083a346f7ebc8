package io.portfoliostream.server.auth;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The cookie that carries a session.
public final class SessionCookie {
  /// Its name.
  public static final String NAME = "portfolio_session";

  private static final String RULES = "; Path=/; HttpOnly; SameSite=Strict";
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private SessionCookie() {}

  /// Reads the cookie's value from `Cookie` headers; empty when it is absent or cannot be one of
  /// ours.
  public static Optional<String> read(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Pattern.compile(";").splitAsStream(header))
        .map(String::strip)
        .filter(pair -> pair.startsWith(NAME + "="))
        .map(pair -> pair.substring(NAME.length() + 1))
        .findFirst()
        .filter(value -> VALUE.matcher(value).matches());
  }

  /// The `Set-Cookie` header that gives a browser the session.
  public static String set(String value, Duration life) {
    return NAME + "=" + value + "; Max-Age=" + life.toSeconds() + RULES;
  }

  /// The `Set-Cookie` header that takes it away.
  public static String clear() {
    return NAME + "=; Max-Age=0" + RULES;
  }
}
