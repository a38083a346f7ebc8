package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerStream;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.FeedState;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether a user's trading data are fresh: the broker was heard within [#SILENCE], the
/// last comparison succeeded, and the stream has delivered since it was last caught missing
/// something.
///
/// Safe for several threads.
final class TradingWatch {
  /// A quiet stream still answers pings; one that does not is no source.
  static final Duration SILENCE = Duration.ofSeconds(30);

  private final UserId user;
  private final FeedBoard feeds;
  private final InstantSource clock;
  private @Nullable BrokerStream stream;
  private @Nullable Instant connectedSince;
  private boolean compared;
  private boolean missed;
  private boolean refused;

  TradingWatch(UserId user, FeedBoard feeds, InstantSource clock) {
    this.user = user;
    this.feeds = feeds;
    this.clock = clock;
  }

  synchronized void watch(BrokerStream watched) {
    stream = watched;
  }

  synchronized void connected() {
    connectedSince = clock.instant();
  }

  synchronized void disconnected() {
    connectedSince = null;
  }

  synchronized Optional<Instant> connectedSince() {
    return Optional.ofNullable(connectedSince);
  }

  synchronized void delivered() {
    missed = false;
  }

  /// The stream did not deliver what it should have: it is stale until it delivers again, and is
  /// made anew, since one that lost something while connected may go on doing so.
  synchronized void missed() {
    missed = true;
    if (stream != null) {
      stream.reconnect("it did not deliver what the broker tells when asked");
    }
    check();
  }

  /// When the broker was last heard.
  synchronized Optional<Instant> lastHeardAt() {
    return stream == null ? Optional.empty() : stream.lastHeardAt();
  }

  synchronized void refused() {
    refused = true;
    check();
  }

  synchronized void compared(boolean success) {
    compared = success;
    check();
  }

  /// Looks at the clock; called at least once a second.
  synchronized void check() {
    var now = clock.instant();
    var heard = stream == null ? Optional.<Instant>empty() : stream.lastHeardAt();
    var recent = heard.map(at -> !at.plus(SILENCE).isBefore(now)).orElse(false);
    var live = recent && compared && !missed && !refused;
    feeds.trading(user, new FeedState(live, now, heard.orElse(null)));
  }
}
