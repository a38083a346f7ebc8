package io.portfoliostream.server.stream;

import java.util.Set;

/// Tells which sessions still stand.
@FunctionalInterface
public interface SessionCheck {

  /// Those of `sessionIds` that are neither revoked nor expired, in one query.
  ///
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable while that cannot be told; nobody
  ///   is signed out for it
  Set<String> stillValid(Set<String> sessionIds);
}
