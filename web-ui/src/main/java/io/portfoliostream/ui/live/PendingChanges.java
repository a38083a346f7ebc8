package io.portfoliostream.ui.live;

import io.portfoliostream.client.Changes;
import java.util.LinkedHashSet;
import java.util.Set;

/// Changes that a page has not shown yet, folded into one. Safe for several threads.
///
/// Bounded by the number of keys: a page that is not reached collects names, never values.
final class PendingChanges {
  private final Set<String> positions = new LinkedHashSet<>();
  private final Set<String> orders = new LinkedHashSet<>();
  private final Set<String> trades = new LinkedHashSet<>();
  private boolean account;
  private boolean feeds;
  private boolean connection;

  synchronized void add(Changes changes) {
    positions.addAll(changes.positions());
    orders.addAll(changes.orders());
    trades.addAll(changes.trades());
    account |= changes.account();
    feeds |= changes.feeds();
    connection |= changes.connection();
  }

  synchronized Changes take() {
    var taken =
        new Changes(
            Set.copyOf(positions),
            Set.copyOf(orders),
            Set.copyOf(trades),
            account,
            feeds,
            connection);
    positions.clear();
    orders.clear();
    trades.clear();
    account = false;
    feeds = false;
    connection = false;
    return taken;
  }
}
