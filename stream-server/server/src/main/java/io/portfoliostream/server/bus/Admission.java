package io.portfoliostream.server.bus;

/// Whether a user may hold one more connection.
public sealed interface Admission {

  /// The connection counts from now on.
  ///
  /// @param connections how many the user holds with it
  record Admitted(int connections) implements Admission {}

  /// The user holds as many as allowed; nothing was counted.
  ///
  /// @param limit how many are allowed
  record LimitReached(int limit) implements Admission {}
}
