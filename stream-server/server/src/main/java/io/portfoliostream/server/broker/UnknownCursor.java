package io.portfoliostream.server.broker;

/// The broker does not know the place in its history from which it was asked to go on: what stood
/// there was taken back, or the history began anew.
public final class UnknownCursor extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Creates the failure.
  public UnknownCursor(String message, Throwable cause) {
    super(message, cause);
  }
}
