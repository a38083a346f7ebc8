package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

/// What was wrong with a client's message; the message changed nothing.
///
/// @param code one of the words of [Malformed.Code]
/// @param fatal whether the connection is closed after it
public record ErrorNotice(String code, String message, boolean fatal) implements Payload {
  /// Refuses a notice with a field missing.
  public ErrorNotice {
    requireNonNull(code, "code");
    requireNonNull(message, "message");
  }
}
