package io.portfoliostream.simulator.faults;

/// Where a fault is to happen, or where something happens just now.
///
/// @param name of the account or the feed, `*` for all, empty for a connection or a request of
///   which the account is not known
public record Target(Scope scope, String name) {
  private static final String ALL = "*";

  /// What the name is one of.
  public enum Scope {
    /// An account's trading stream and REST interface.
    ACCOUNT,
    /// A market data feed, such as `iex`.
    FEED
  }

  /// The trading stream and the REST interface of an account, `*` for all.
  public static Target account(String name) {
    return new Target(Scope.ACCOUNT, name);
  }

  /// The market data of a feed, `*` for all.
  public static Target feed(String name) {
    return new Target(Scope.FEED, name);
  }

  /// Somebody who did not say yet who they are.
  public static Target nobody() {
    return account("");
  }

  boolean covers(Target occasion) {
    return scope == occasion.scope && (name.equals(ALL) || name.equals(occasion.name));
  }
}
