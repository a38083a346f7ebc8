package io.portfoliostream.protocol;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Thrown when a text is not the JSON that was expected; the message names what is wrong.
public final class MalformedJson extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  MalformedJson(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
