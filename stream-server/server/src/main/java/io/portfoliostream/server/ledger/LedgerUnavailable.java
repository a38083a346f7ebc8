package io.portfoliostream.server.ledger;

import java.io.Serial;

/// Thrown when the database cannot be reached just now; nothing was booked, or it is not known
/// whether it was, and repeating the call is safe.
public final class LedgerUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What was being done.
  public LedgerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
