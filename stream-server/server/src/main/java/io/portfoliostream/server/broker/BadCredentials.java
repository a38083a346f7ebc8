package io.portfoliostream.server.broker;

import java.io.Serial;

/// Thrown when a broker does not accept an account's credentials.
public final class BadCredentials extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What the broker was asked.
  public BadCredentials(String message, Throwable cause) {
    super(message, cause);
  }
}
