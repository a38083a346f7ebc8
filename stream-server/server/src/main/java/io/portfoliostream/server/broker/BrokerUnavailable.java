package io.portfoliostream.server.broker;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Thrown when the broker gives no answer that can be used.
public final class BrokerUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What was being done.
  public BrokerUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
