package io.portfoliostream.ui.positions;

import io.portfoliostream.client.ConnectionState.Closed;
import io.portfoliostream.client.ConnectionState.Connecting;
import io.portfoliostream.client.ConnectionState.Live;
import io.portfoliostream.client.ConnectionState.Offline;
import io.portfoliostream.client.ConnectionState.Polling;
import io.portfoliostream.client.ConnectionState.Reconnecting;
import io.portfoliostream.client.ConnectionState.SignedOut;
import io.portfoliostream.ui.live.LiveState;

/// What stands where positions would be when there are none.
final class EmptyText {
  private EmptyText() {}

  static String of(LiveState state) {
    if (state.isLoaded()) {
      return "No open positions. Place an order to open one.";
    }
    return switch (state.connection()) {
      case Connecting _, Live _, Polling _ -> "Loading your portfolio…";
      case Reconnecting _, Offline _, Closed _ ->
          "Nothing to show yet: the server cannot be reached. Trying again…";
      case SignedOut _ -> "Sign in to see your positions.";
    };
  }
}
