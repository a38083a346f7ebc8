package io.portfoliostream.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/// The secret that names a signed-in session; whoever holds it is the user.
///
/// @param value never logged: `toString` hides it
public record SessionCookie(String value) {
  /// The name of the cookie.
  public static final String NAME = "portfolio_session";

  /// Its name where the server, or a proxy that it trusts, speaks TLS.
  public static final String SECURE_NAME = "__Host-" + NAME;

  // The octets that RFC 6265 allows in a cookie's value.
  private static final Pattern VALUE = Pattern.compile("[!#-+\\--:<-\\[\\]-~]{1,1024}");

  /// Refuses what cannot be a cookie's value.
  public SessionCookie {
    requireNonNull(value, "value");
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a cookie value of 1 to 1024 characters");
    }
  }

  /// The `Cookie` header that sends it to `server`. Over TLS it has both names: whether the server
  /// knows of a proxy's TLS cannot be seen from here, and it takes the one that it set.
  String header(URI server) {
    var plain = NAME + '=' + value;
    return Objects.equals(server.getScheme(), "https")
        ? SECURE_NAME + '=' + value + "; " + plain
        : plain;
  }

  static boolean isNamed(String name) {
    return name.equals(NAME) || name.equals(SECURE_NAME);
  }

  @Override
  public String toString() {
    return "SessionCookie[hidden]";
  }
}
