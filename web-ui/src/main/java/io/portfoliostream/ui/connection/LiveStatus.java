package io.portfoliostream.ui.connection;

import io.portfoliostream.client.ConnectionState.Closed;
import io.portfoliostream.client.ConnectionState.Connecting;
import io.portfoliostream.client.ConnectionState.Live;
import io.portfoliostream.client.ConnectionState.Offline;
import io.portfoliostream.client.ConnectionState.Polling;
import io.portfoliostream.client.ConnectionState.Reconnecting;
import io.portfoliostream.client.ConnectionState.SignedOut;
import io.portfoliostream.client.FallbackReason;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.ui.live.LiveState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the page says about how live it is. The page itself makes it worse when it has lost its own
/// server.
///
/// @param text in the header; `{asOf}` stands for the time in the browser's zone
/// @param asOf when what is shown was last known to be true
/// @param stale whether what is shown may be out of date
/// @param reason why, as a sentence
record LiveStatus(Level level, String text, @Nullable Instant asOf, boolean stale, String reason) {
  private static final String NO_CONNECTION = "No connection, data as of {asOf}";

  /// The colours of the indicator, best first.
  enum Level {
    /// Green.
    LIVE,
    /// Yellow.
    WARN,
    /// Red.
    DOWN,
    /// Grey: nobody is signed in any more.
    OUT;

    String wireName() {
      return switch (this) {
        case LIVE -> "live";
        case WARN -> "warn";
        case DOWN -> "down";
        case OUT -> "out";
      };
    }
  }

  static LiveStatus of(LiveState state) {
    var asOf = state.portfolio().asOf().orElse(null);
    boolean known = state.isLoaded();
    return switch (state.connection()) {
      case Live _ -> live(state.portfolio().feeds().orElse(null), asOf);
      case Connecting _ ->
          new LiveStatus(Level.WARN, "Connecting…", asOf, known, "The connection is being made.");
      case Reconnecting(var attempt, _) ->
          new LiveStatus(
              Level.WARN,
              "Reconnecting (attempt " + attempt + ")",
              asOf,
              true,
              "The connection to the server was lost; it is being restored.");
      case Polling(var why, _) ->
          new LiveStatus(Level.WARN, "Using backup connection", asOf, true, polling(why));
      case Offline _ ->
          new LiveStatus(
              Level.DOWN, NO_CONNECTION, asOf, true, "The server cannot be reached; retrying.");
      case SignedOut _ ->
          new LiveStatus(Level.OUT, "Signed out", asOf, true, "Your session has ended.");
      case Closed _ ->
          new LiveStatus(Level.DOWN, NO_CONNECTION, asOf, true, "The connection was closed.");
    };
  }

  private static LiveStatus live(@Nullable Feeds feeds, @Nullable Instant asOf) {
    if (feeds != null && feeds.trading().state() == Feeds.State.STALE) {
      return new LiveStatus(
          Level.WARN,
          "Broker feed delayed",
          heard(feeds.trading()),
          true,
          "The broker's trading feed is silent: orders, positions and cash may be out of date.");
    }
    if (feeds != null && feeds.marketData().state() == Feeds.State.STALE) {
      return new LiveStatus(
          Level.WARN,
          "Prices delayed",
          heard(feeds.marketData()),
          true,
          "The market data feed is silent: prices and what follows from them may be out of date.");
    }
    return new LiveStatus(Level.LIVE, "Live", asOf, false, "");
  }

  private static String polling(String why) {
    var because =
        switch (why) {
          case FallbackReason.CONNECTION_LIMIT -> "Too many live connections are open";
          case FallbackReason.REALTIME_DISABLED -> "Live updates are switched off";
          default -> "The live connection cannot be made";
        };
    return because + "; refreshed every few seconds instead.";
  }

  private static Instant heard(Feeds.Feed feed) {
    var last = feed.lastEventAt();
    return last == null ? feed.since() : last;
  }
}
