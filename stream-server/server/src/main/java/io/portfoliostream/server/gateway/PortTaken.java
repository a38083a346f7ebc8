package io.portfoliostream.server.gateway;

import java.io.Serial;

/// Thrown when a listener cannot be opened; the message names the port and its setting.
public final class PortTaken extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  PortTaken(String message, Throwable cause) {
    super(message, cause);
  }
}
