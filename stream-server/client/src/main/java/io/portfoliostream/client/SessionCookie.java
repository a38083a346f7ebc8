package io.portfoliostream.client;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/// The secret that names a signed-in session; whoever holds it is the user.
///
/// @param value never logged: `toString` hides it
public record SessionCookie(String value) {
  /// The name of the cookie.
  public static final String NAME = "portfolio_session";

  // The octets that RFC 6265 allows in a cookie's value.
  private static final Pattern VALUE = Pattern.compile("[!#-+\\--:<-\\[\\]-~]{1,1024}");

  /// Refuses what cannot be a cookie's value.
  public SessionCookie {
    requireNonNull(value, "value");
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a cookie value of 1 to 1024 characters");
    }
  }

  /// The `Cookie` header that sends it.
  String header() {
    return NAME + '=' + value;
  }

  @Override
  public String toString() {
    return "SessionCookie[hidden]";
  }
}
