package io.portfoliostream.client;

import java.util.Set;

/// What changed in a [PortfolioView] or in the connection behind it.
///
/// A snapshot lists every key of the views before and after it, removed ones included.
///
/// @param positions symbols; one that the view no longer holds was closed
/// @param orders order ids
/// @param trades execution ids
/// @param account whether the account's figures changed
/// @param feeds whether a source behind the portfolio went stale or came back
/// @param connection whether the [ConnectionState] changed
public record Changes(
    Set<String> positions,
    Set<String> orders,
    Set<String> trades,
    boolean account,
    boolean feeds,
    boolean connection) {
  /// Nothing changed.
  public static final Changes NONE = new Changes(Set.of(), Set.of(), Set.of(), false, false, false);

  /// Copies the sets.
  public Changes {
    positions = Set.copyOf(positions);
    orders = Set.copyOf(orders);
    trades = Set.copyOf(trades);
  }

  /// Whether nothing changed.
  public boolean isEmpty() {
    return positions.isEmpty()
        && orders.isEmpty()
        && trades.isEmpty()
        && !account
        && !feeds
        && !connection;
  }

  static Changes ofConnection() {
    return new Changes(Set.of(), Set.of(), Set.of(), false, false, true);
  }
}
