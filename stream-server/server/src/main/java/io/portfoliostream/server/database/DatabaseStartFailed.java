package io.portfoliostream.server.database;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Thrown when the database cannot be started, reached or stopped; the message is for the operator.
public final class DatabaseStartFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DatabaseStartFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
