package io.portfoliostream.server.auth;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The cookie that carries a session.
///
/// Over TLS it has another name: the prefix `__Host-` makes browsers take it from this very host
/// alone, and over TLS alone, so that neither a neighbour under the same domain nor somebody on the
/// wire can put a session of their own in its place.
public final class SessionCookie {
  /// Its name without TLS.
  public static final String NAME = "portfolio_session";

  /// Its name over TLS.
  public static final String SECURE_NAME = "__Host-" + NAME;

  private static final String RULES = "; Path=/; HttpOnly; SameSite=Strict";
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private SessionCookie() {}

  /// Reads the cookie's value from `Cookie` headers; empty when it is absent or cannot be one of
  /// ours.
  ///
  /// @param secure whether the client's end of the way is TLS
  public static Optional<String> read(List<String> headers, boolean secure) {
    var prefix = name(secure) + "=";
    return headers.stream()
        .flatMap(header -> Pattern.compile(";").splitAsStream(header))
        .map(String::strip)
        .filter(pair -> pair.startsWith(prefix))
        .map(pair -> pair.substring(prefix.length()))
        .findFirst()
        .filter(value -> VALUE.matcher(value).matches());
  }

  /// The `Set-Cookie` header that gives a browser the session.
  public static String set(String value, Duration life, boolean secure) {
    return name(secure) + "=" + value + "; Max-Age=" + life.toSeconds() + rules(secure);
  }

  /// The `Set-Cookie` header that takes it away.
  public static String clear(boolean secure) {
    return name(secure) + "=; Max-Age=0" + rules(secure);
  }

  private static String name(boolean secure) {
    return secure ? SECURE_NAME : NAME;
  }

  private static String rules(boolean secure) {
    return secure ? RULES + "; Secure" : RULES;
  }
}
