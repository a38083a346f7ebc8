package io.portfoliostream.ui.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.FallbackReason;
import io.portfoliostream.protocol.Feeds;
import io.portfoliostream.ui.connection.LiveStatus.Level;
import io.portfoliostream.ui.live.LiveState;
import io.portfoliostream.ui.testkit.Samples;
import io.portfoliostream.ui.testkit.StillPortfolio;
import org.junit.jupiter.api.Test;

class LiveStatusTest {
  private static final ConnectionState LIVE = new ConnectionState.Live(Samples.NOON);

  @Test
  void liveIsGreenAndNotStale() {
    var status = status(LIVE);
    assertThat(status.level()).isEqualTo(Level.LIVE);
    assertThat(status.text()).isEqualTo("Live");
    assertThat(status.stale()).isFalse();
  }

  @Test
  void onlyALiveConnectionLooksLive() {
    var others =
        new ConnectionState[] {
          new ConnectionState.Connecting(1),
          new ConnectionState.Reconnecting(3, Samples.NOON),
          new ConnectionState.Polling(FallbackReason.ATTEMPTS_EXHAUSTED, Samples.NOON),
          new ConnectionState.Offline(Samples.NOON),
          new ConnectionState.SignedOut("session_ended"),
          new ConnectionState.Closed()
        };
    for (var other : others) {
      assertThat(status(other).level()).as("%s", other).isNotEqualTo(Level.LIVE);
      assertThat(status(other).stale()).as("%s", other).isTrue();
      assertThat(status(other).reason()).as("%s", other).isNotEmpty();
      assertThat(status(other).asOf()).as("%s", other).isEqualTo(Samples.NOON);
    }
  }

  @Test
  void reconnectingCountsItsAttempts() {
    assertThat(status(new ConnectionState.Reconnecting(3, Samples.NOON)).text())
        .isEqualTo("Reconnecting (attempt 3)");
  }

  /// REQ-8.
  @Test
  void pollingSaysThatItIsTheBackupAndWhy() {
    var status = status(new ConnectionState.Polling(FallbackReason.CONNECTION_LIMIT, Samples.NOON));
    assertThat(status.level()).isEqualTo(Level.WARN);
    assertThat(status.text()).isEqualTo("Using backup connection");
    assertThat(status.reason()).startsWith("Too many live connections are open");
  }

  @Test
  void offlineIsRedAndSaysSinceWhen() {
    var status = status(new ConnectionState.Offline(Samples.NOON));
    assertThat(status.level()).isEqualTo(Level.DOWN);
    assertThat(status.text()).isEqualTo("No connection, data as of {asOf}");
  }

  @Test
  void aSilentBrokerIsNotLiveThoughTheConnectionIs() {
    var trading =
        StillPortfolio.EMPTY.with(
            new Feeds(Samples.feed(Feeds.State.STALE), Samples.feed(Feeds.State.LIVE)));
    var status = LiveStatus.of(new LiveState(trading, LIVE));
    assertThat(status.level()).isEqualTo(Level.WARN);
    assertThat(status.stale()).isTrue();
    assertThat(status.asOf()).isEqualTo(Samples.NOON.minusSeconds(40));
    assertThat(status.reason()).contains("orders, positions and cash");
  }

  @Test
  void silentPricesAreToldApart() {
    var prices =
        StillPortfolio.EMPTY.with(
            new Feeds(Samples.feed(Feeds.State.LIVE), Samples.feed(Feeds.State.STALE)));
    var status = LiveStatus.of(new LiveState(prices, LIVE));
    assertThat(status.text()).isEqualTo("Prices delayed");
    assertThat(status.stale()).isTrue();
  }

  @Test
  void nothingShownIsNotStale() {
    var first =
        LiveStatus.of(new LiveState(StillPortfolio.UNKNOWN, new ConnectionState.Connecting(1)));
    assertThat(first.stale()).isFalse();
    assertThat(first.asOf()).isNull();
  }

  private static LiveStatus status(ConnectionState connection) {
    return LiveStatus.of(new LiveState(StillPortfolio.EMPTY, connection));
  }
}
