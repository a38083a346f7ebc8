package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static io.portfoliostream.server.stream.Stage.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.ClientMessage.Ping;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.Digest;
import io.portfoliostream.protocol.ErrorNotice;
import io.portfoliostream.protocol.Pong;
import io.portfoliostream.protocol.PositionSide;
import io.portfoliostream.protocol.Shutdown;
import io.portfoliostream.protocol.StateDigest;
import io.portfoliostream.server.bus.SessionRevoked;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.StreamSettings.Sending;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionLifeTest {
  private final Stage stage = new Stage();

  private Instant now() {
    return stage.time.instant();
  }

  @Test
  void aPingIsAnsweredWithItsIdAndTheTime() {
    var seat = stage.live(ANN);

    seat.say(new Ping("7"));

    assertThat(seat.pipe().only().data()).isEqualTo(new Pong("7", now()));
  }

  @Test
  void pingsComeEveryIntervalAndTheirPongsTellTheRoundTrip() {
    var seat = stage.live(ANN);
    stage.wait(15_000);
    assertThat(seat.pipe().pings()).hasSize(1);

    stage.wait(40);
    var since = Duration.between(now().minusMillis(15_040), now());
    seat.connection().pong(seat.pipe().pings().getFirst());
    seat.connection().pong(seat.pipe().pings().getFirst());

    assertThat(stage.metrics.roundTrips).hasSize(1);
    assertThat(stage.metrics.roundTrips.getFirst()).isBetween(Duration.ofMillis(40), since);
    assertThat(stage.hub.connections(ANN).getFirst().roundTrip()).isNotNull();
    stage.wait(14_000);
    seat.connection().pong(new byte[] {1});
    stage.wait(16_000);
    assertThat(seat.pipe().pings()).hasSize(3);
  }

  @Test
  void theFirstPingsOfManyAreSpread() {
    var seats = new ArrayList<Stage.Seat>();
    for (int i = 0; i < 40; i++) {
      seats.add(stage.open(new UserId("u" + i)));
    }

    stage.wait(7_500);

    assertThat(seats.stream().filter(seat -> !seat.pipe().pings().isEmpty()).count())
        .isBetween(10L, 30L);
  }

  @Test
  void aClientThatIsSilentForTheTimeoutIsClosed() {
    var seat = stage.live(ANN);
    stage.wait(20_000);
    seat.connection().ping();
    stage.wait(29_999);
    assertThat(seat.pipe().closeCode()).isNull();

    stage.wait(1);

    assertThat(seat.pipe().closeCode()).isEqualTo(4001);
  }

  @Test
  void aClientThatCanOnlyListenIsNotSilentWhileItIsHeardOf() {
    var seat = stage.live(ANN);
    for (int count = 0; count < 4; count++) {
      stage.wait(20_000);
      seat.connection().heard();
    }
    stage.wait(29_999);
    assertThat(seat.pipe().closeCode()).isNull();

    stage.wait(1);

    assertThat(seat.pipe().closeCode()).isEqualTo(4001);
  }

  @Test
  void aDigestComesWithEveryHeartbeatToWhomCanCompareIt() {
    stage.book(
        ANN,
        Events.position("AAPL", "1", now()),
        Events.order("o1", "AAPL", "new", now()),
        Events.account("1.50", now()));
    var full = stage.live(ANN);
    var some = stage.open(ANN);
    some.say(new Subscribe(null, Set.of("AAPL"), null, null));
    var three = stage.open(ANN);
    three.subscribe(Set.of(Channel.POSITIONS, Channel.ORDERS, Channel.ACCOUNT));
    var _ = some.pipe().take();
    var _ = three.pipe().take();

    stage.wait(15_000);

    var digest = (Digest) full.pipe().only().data();
    assertThat(digest.seq()).isEqualTo(3);
    assertThat(digest.value())
        .isEqualTo(
            new StateDigest()
                .position("AAPL", PositionSide.LONG, BigDecimal.ONE, new BigDecimal("100"))
                .order("o1", "new", BigDecimal.ZERO, null)
                .cash(new BigDecimal("1.5"))
                .value());
    assertThat(three.pipe().only().data()).isEqualTo(digest);
    assertThat(some.pipe().take()).isEmpty();
  }

  @Test
  void tooManyMessagesPerSecondEndTheConnection() {
    var seat = stage.live(ANN);
    for (int i = 0; i < 60; i++) {
      seat.say(new Ping("p"));
      stage.wait(50);
    }
    assertThat(seat.pipe().closeCode()).isNull();

    for (int i = 0; i < 21; i++) {
      seat.say(new Ping("p"));
    }

    assertThat(seat.pipe().closeCode()).isEqualTo(4003);
  }

  @Test
  void aMessageOverTheLimitEndsTheConnection() {
    var seat = stage.live(ANN);
    seat.connection().text("x".repeat(16 * 1024 + 1));
    stage.time.settle();

    assertThat(seat.pipe().closeCode()).isEqualTo(1009);
  }

  @Test
  void malformedMessagesAreAnsweredAndChangeNothingUntilThereAreTooMany() {
    var seat = stage.live(ANN);
    for (int i = 0; i < 20; i++) {
      seat.connection().text(i % 2 == 0 ? "{" : "{\"type\":\"dance\"}");
      stage.wait(100);
    }
    assertThat(seat.pipe().payloads())
        .hasSize(20)
        .allSatisfy(payload -> {
          assertThat(((ErrorNotice) payload).code()).isIn("bad_json", "unknown_type");
          assertThat(((ErrorNotice) payload).fatal()).isFalse();
        });
    assertThat(seat.pipe().closeCode()).isNull();

    seat.connection().text("[]");
    stage.time.settle();

    assertThat(((ErrorNotice) seat.pipe().only().data()).fatal()).isTrue();
    assertThat(seat.pipe().closeCode()).isEqualTo(4400);
    assertThat(stage.metrics.malformed).isEqualTo(21);
  }

  @Test
  void reportsAreCountedAtMostOncePerFifteenSeconds() {
    var seat = stage.live(ANN);
    var report = new Report(new Report.Rendered(10, 5, 9, 20), 1L, null);

    seat.say(report);
    seat.say(report);
    stage.wait(15_000);
    seat.say(report);

    assertThat(stage.metrics.reports).containsExactly(report, report);
  }

  @Test
  void aRevokedSessionIsClosedAtOnceAndToldNothingMore() {
    var seat = stage.live(ANN);
    var other = stage.live(BOB);

    stage.bus.revoke(new SessionRevoked("s-ann", ANN));
    stage.book(ANN, Events.account("1", now()));

    assertThat(seat.pipe().closeCode()).isEqualTo(4401);
    assertThat(seat.pipe().take()).isEmpty();
    assertThat(other.pipe().closeCode()).isNull();
  }

  @Test
  void aRevocationThatGotLostIsFoundByTheCheck() {
    var seat = stage.live(ANN);
    stage.revoked.add("s-ann");

    stage.wait(2_100);

    assertThat(seat.pipe().closeCode()).isEqualTo(4401);
  }

  @Test
  void aSessionThatEndedBeforeTheWelcomeIsNotWelcomed() {
    stage.revoked.add("s-ann");

    var seat = stage.open(ANN);

    assertThat(seat.pipe().take()).isEmpty();
    assertThat(seat.pipe().closeCode()).isEqualTo(4401);
    assertThat(stage.hub.stats().users()).isZero();
  }

  @Test
  void aNewConnectionReplacesTheOneThatItNames() {
    var old = stage.open(Stage.client(ANN, "c-old", null));
    var foreign = stage.open(Stage.client(BOB, "c-bob", null));

    var fresh = stage.open(Stage.client(ANN, "c-new", "c-old"));
    var _ = stage.open(Stage.client(ANN, "c-thief", "c-bob"));

    assertThat(old.pipe().closeCode()).isEqualTo(4005);
    assertThat(fresh.pipe().closeCode()).isNull();
    assertThat(foreign.pipe().closeCode()).isNull();
  }

  @Test
  void aSlowClientIsClosedWhenItsEventsOverflow() {
    var tight =
        new Stage(
            StreamSettings.defaults("n")
                .with(new Sending(2_000, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(2))));
    var slow = tight.live(ANN);
    var quick = tight.live(ANN);
    slow.pipe()
        .onWrite(() -> {
          slow.pipe().onWrite(() -> {});
          for (int i = 0; i < 20; i++) {
            tight.book(ANN, Events.account("" + i, tight.time.instant()));
          }
        });

    tight.book(ANN, Events.account("1", tight.time.instant()));

    assertThat(slow.pipe().closeCode()).isEqualTo(4002);
    assertThat(slow.pipe().take()).hasSize(1);
    assertThat(quick.pipe().take()).hasSize(21);
    assertThat(tight.metrics.slowConsumers).isEqualTo(1);
  }

  @Test
  void aWriteThatIsStuckIsCut() {
    var seat = stage.live(ANN);
    var killed = new boolean[1];
    seat.pipe()
        .onWrite(() -> {
          seat.connection().ping();
          stage.wait(12_100);
          killed[0] = seat.pipe().isKilled();
        });

    stage.book(ANN, Events.account("1", now()));

    assertThat(killed[0]).isTrue();
    assertThat(stage.metrics.slowConsumers).isEqualTo(1);
  }

  @Test
  void aPipeThatDoesNotEndAfterOurCloseIsCut() {
    var seat = stage.live(ANN);
    stage.hub.revoke("s-ann");
    stage.wait(1_999);
    assertThat(seat.pipe().isKilled()).isFalse();

    stage.wait(1);

    assertThat(seat.pipe().isKilled()).isTrue();
  }

  @Test
  void aBrokenPipeIsCutAndNothingElseHappens() {
    var seat = stage.live(ANN);
    var other = stage.live(ANN);
    seat.pipe().breakNow();

    stage.book(ANN, Events.account("1", now()));

    assertThat(seat.pipe().isKilled()).isTrue();
    assertThat(other.pipe().take()).hasSize(1);
  }

  @Test
  void aConnectionThatIsGoneLeavesNothingBehind() {
    stage.book(ANN, Events.position("AAPL", "1", now()));
    var idle = stage.time.pending();
    var seat = stage.live(ANN);
    var peerEnded = stage.live(ANN);
    var reset = stage.live(ANN);
    assertThat(stage.interest.symbols()).containsExactly("AAPL");
    assertThat(stage.hub.stats()).isEqualTo(new StreamStats(1, 3, 0, 0, 1));

    stage.hub.end(client -> client.equals(seat.connection().client()), CloseCode.RATE, "x");
    stage.time.settle();
    seat.connection().gone();
    seat.connection().gone();
    peerEnded.connection().peerClosed(1001);
    peerEnded.connection().gone();
    reset.connection().gone();
    stage.wait(2_000);

    assertThat(stage.metrics.closedWith).containsExactly(4003, 1001, 1006);
    assertThat(stage.hub.stats()).isEqualTo(new StreamStats(0, 0, 0, 0, 0));
    assertThat(stage.interest.symbols()).isEmpty();
    assertThat(stage.time.pending()).isEqualTo(idle);
  }

  /// REQ-2: the check right before the write stops what the routing should never have let through.
  @Test
  void aFrameOfAnotherUserIsNeverWrittenAndCutsTheConnection() {
    var ann = stage.live(ANN);
    var bob = stage.live(BOB);

    ann.connection()
        .send(
            new Frame.Text(
                BOB, FrameKind.SEQUENCED, "bob's secret".getBytes(StandardCharsets.UTF_8), null));
    stage.time.settle();
    stage.book(ANN, Events.account("1", now()));

    assertThat(ann.pipe().frames()).hasSize(2);
    assertThat(ann.pipe().isKilled()).isTrue();
    assertThat(stage.metrics.mismatches).isEqualTo(1);
    assertThat(bob.pipe().closeCode()).isNull();
  }

  @Test
  void aLedgerThatCannotBeReadOpensNothing() {
    stage.ledger.unavailable(true);

    assertThatThrownBy(() -> stage.open(ANN)).isInstanceOf(LedgerUnavailable.class);

    assertThat(stage.hub.stats()).isEqualTo(new StreamStats(0, 0, 0, 0, 0));
    stage.ledger.unavailable(false);
    assertThat(stage.open(ANN).pipe().types()).containsExactly("welcome");
  }

  @Test
  void aDrainingNodeTellsWhenToComeBackAfterWhatWaits() {
    var seat = stage.live(ANN);
    var range = new Shutdown.Range(100, 900);

    stage.hub.drain(range);
    stage.time.settle();
    var late = stage.open(BOB);

    assertThat(seat.pipe().only().data()).isEqualTo(new Shutdown("restart", range));
    assertThat(seat.pipe().closeCode()).isEqualTo(1012);
    assertThat(late.pipe().types()).containsExactly("welcome", "shutdown");
    assertThat(late.pipe().closeCode()).isEqualTo(1012);
  }

  @Test
  void aClosedHubHearsNothingMore() {
    var seat = stage.live(ANN);
    stage.hub.close();
    stage.time.settle();
    seat.connection().gone();
    stage.wait(3_000);

    stage.bus.publishTicks(List.of(Events.mark("AAPL", "1", now())));

    assertThat(stage.marks.mark("AAPL")).isEmpty();
    assertThat(stage.time.pending()).isZero();
  }
}
