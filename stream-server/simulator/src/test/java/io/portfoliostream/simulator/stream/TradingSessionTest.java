package io.portfoliostream.simulator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.faults.Target;
import io.portfoliostream.simulator.testkit.ManualTimer;
import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.RecordingPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TradingSessionTest {
  private static final String OLD_AUTH =
      "{\"action\":\"authenticate\",\"data\":{\"key_id\":\"PKalice\",\"secret_key\":\"secret-alice\"}}";
  private static final String NEW_AUTH =
      "{\"action\":\"auth\",\"key\":\"PKalice\",\"secret\":\"secret-alice\"}";
  private static final String LISTEN =
      "{\"action\":\"listen\",\"data\":{\"streams\":[\"trade_updates\"]}}";
  private static final String AUTHORIZED =
      "{\"stream\":\"authorization\",\"data\":{\"status\":\"authorized\",\"action\":\"authenticate\"}}";
  private static final String LISTENING =
      "{\"stream\":\"listening\",\"data\":{\"streams\":[\"trade_updates\"]}}";

  private final Market market = Market.quiet();
  private final ManualTimer timer = new ManualTimer();
  private final RecordingPeer peer = new RecordingPeer();
  private final TradingFeed feed =
      new TradingFeed(
          new KeyRing(market.exchange().books().stream().map(book -> book.profile()).toList()),
          market.exchange().listings(),
          StreamRules.of(1),
          market.faults(),
          timer);
  private final Session session = opened(peer);

  @Test
  void nothingIsSentBeforeTheClientSpeaks() {
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void bothEnvelopesAuthenticate() {
    session.received(OLD_AUTH);
    assertThat(peer.take()).containsExactly(AUTHORIZED);
    session.gone();
    var other = new RecordingPeer();
    opened(other).received(NEW_AUTH);
    assertThat(other.take()).containsExactly(AUTHORIZED);
  }

  @Test
  void aWrongSecretIsUnauthorizedAndTheEnd() {
    session.received("{\"action\":\"auth\",\"key\":\"PKalice\",\"secret\":\"wrong\"}");
    assertThat(peer.take())
        .containsExactly(
            "{\"stream\":\"authorization\",\"data\":{\"action\":\"authenticate\",\"message\":\"access"
                + " key verification failed\",\"status\":\"unauthorized\"}}");
    assertThat(peer.ends()).containsExactly("1008 unauthorized");
  }

  @Test
  void listeningNeedsAuthentication() {
    session.received(LISTEN);
    assertThat(peer.take())
        .containsExactly(
            "{\"stream\":\"authorization\",\"data\":{\"action\":\"listen\",\"status\":\"unauthorized\"}}");
  }

  @Test
  void listeningReplacesTheSetAndNamesOnlyWhatExists() {
    session.received(OLD_AUTH);
    session.received(LISTEN);
    session.received(
        "{\"action\":\"listen\",\"data\":{\"streams\":[\"account_updates\",\"trade_updates\"]}}");
    session.received("{\"action\":\"listen\",\"data\":{\"streams\":[]}}");
    assertThat(peer.take())
        .containsExactly(
            AUTHORIZED,
            LISTENING,
            LISTENING,
            "{\"stream\":\"listening\",\"data\":{\"streams\":[]}}");
    trade();
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void whoListensTwiceHearsOnce() {
    session.received(OLD_AUTH);
    session.received(LISTEN);
    session.received(LISTEN);
    peer.take();
    trade();
    var messages = peer.take();
    assertThat(messages).hasSize(3);
    assertThat(messages.get(2))
        .startsWith("{\"stream\":\"trade_updates\",\"data\":{\"at\":\"2026-11-20T15:00:")
        .contains(
            "\"event\":\"fill\"", "\"qty\":\"2\"", "\"position_qty\":\"2\"", "\"settle_date\"");
  }

  @Test
  void anAccountHearsOnlyOfItsOwnOrders() {
    session.received("{\"action\":\"auth\",\"key\":\"PKbob\",\"secret\":\"secret-bob\"}");
    session.received(LISTEN);
    peer.take();
    trade();
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void whoSaysNothingIsCutOffAfterTenSeconds() {
    timer.advance(Duration.ofMillis(9_999));
    assertThat(peer.ends()).isEmpty();
    timer.advance(Duration.ofMillis(1));
    assertThat(peer.ends()).containsExactly("1008 auth timeout");
  }

  @Test
  void whoSpokeInTimeStays() {
    session.received(OLD_AUTH);
    timer.advance(Duration.ofMinutes(1));
    assertThat(peer.ends()).isEmpty();
  }

  @Test
  void aSecondConnectionIsRefusedWithAnErrorThatPasses() {
    session.received(OLD_AUTH);
    var second = new RecordingPeer();
    opened(second).received(OLD_AUTH);
    assertThat(second.take()).isEmpty();
    timer.advance(Duration.ofSeconds(2));
    assertThat(second.take())
        .containsExactly(
            "{\"action\":\"error\",\"data\":{\"error_message\":\"your connection is rejected while"
                + " another connection is open under the same account\"}}");
    assertThat(second.ends()).containsExactly("1008 connection limit exceeded");
    assertThat(peer.ends()).isEmpty();
  }

  @Test
  void aSecondConnectionWaitsAMomentForTheFirstToBeGone() {
    session.received(OLD_AUTH);
    var second = new RecordingPeer();
    var next = opened(second);
    next.received(OLD_AUTH);
    next.received(LISTEN);
    timer.advance(Duration.ofMillis(300));
    assertThat(second.take()).isEmpty();
    session.gone();
    timer.advance(Duration.ofMillis(100));
    assertThat(second.take()).containsExactly(AUTHORIZED, LISTENING);
  }

  @Test
  void aConnectionThatIsGoneWhileItWaitsTakesNoSlot() {
    session.received(OLD_AUTH);
    var second = opened(new RecordingPeer());
    second.received(OLD_AUTH);
    second.gone();
    session.gone();
    timer.advance(Duration.ofSeconds(5));
    var third = new RecordingPeer();
    opened(third).received(OLD_AUTH);
    assertThat(third.take()).containsExactly(AUTHORIZED);
  }

  @Test
  void nonsenseIsAnsweredWithAnErrorThatHasData() {
    session.received("{not json");
    session.received("[]");
    session.received("{\"action\":\"dance\"}");
    assertThat(peer.take())
        .hasSize(3)
        .allSatisfy(message -> assertThat(message).startsWith("{\"action\":\"error\",\"data\":{"));
  }

  @Test
  void whoIsGoneHearsNothing() {
    session.received(OLD_AUTH);
    session.received(LISTEN);
    peer.take();
    session.gone();
    trade();
    assertThat(peer.take()).isEmpty();
  }

  private Session opened(RecordingPeer recording) {
    var opened = feed.connect(recording, market.faults().open(Target.nobody(), recording));
    opened.opened();
    return opened;
  }

  private void trade() {
    market.trade(Side.BUY, "AAPL", "2");
    market.passFill();
    feed.hear(market.updates());
  }
}
