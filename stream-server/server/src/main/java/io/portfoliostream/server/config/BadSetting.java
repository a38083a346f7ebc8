package io.portfoliostream.server.config;

import java.io.Serial;

/// Thrown when a setting cannot be used; the message starts with the setting's name.
public final class BadSetting extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  BadSetting(String key, String reason) {
    super(key + " " + reason);
  }
}
