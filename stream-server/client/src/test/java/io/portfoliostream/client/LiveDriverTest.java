package io.portfoliostream.client;

import static io.portfoliostream.client.DriverFixture.seconds;
import static io.portfoliostream.client.Samples.EPOCH;
import static io.portfoliostream.client.Samples.batch;
import static io.portfoliostream.client.Samples.message;
import static io.portfoliostream.client.Samples.position;
import static io.portfoliostream.client.Samples.rest;
import static io.portfoliostream.client.Samples.snapshot;
import static io.portfoliostream.client.Samples.snapshotOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ConnectionState.Live;
import io.portfoliostream.client.ConnectionState.Reconnecting;
import io.portfoliostream.client.ConnectionState.SignedOut;
import io.portfoliostream.protocol.ClientMessage.Ping;
import io.portfoliostream.protocol.ClientMessage.Report;
import io.portfoliostream.protocol.ClientMessage.Resume;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.Digest;
import io.portfoliostream.protocol.Pong;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.StateDigest;
import io.portfoliostream.protocol.StreamPosition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the client does with a live connection, on manual time.
class LiveDriverTest {
  private final DriverFixture it = new DriverFixture();

  private List<Subscribe> subscribes() {
    return it.server.last().received(Subscribe.class);
  }

  private List<Resume> resumes() {
    return it.server.last().received(Resume.class);
  }

  @Test
  void listenersAreToldWhatChanged() {
    it.live(7);
    it.changes.clear();

    it.event(8, "11");

    assertThat(it.changes)
        .containsExactly(new Changes(Set.of("AAPL"), Set.of(), Set.of(), false, false, false));
    assertThat(it.quantity()).isEqualTo("11");
  }

  @Test
  void aLostConnectionResumesFromWhereItStands() {
    it.live(7);
    assertThat(subscribes()).containsExactly(new Subscribe(null, null, null, null));
    it.event(8, "11");

    it.server.last().loses(1006);
    assertThat(it.quantity()).as("the last state stays on screen").isEqualTo("11");
    it.pass(seconds(1));

    assertThat(subscribes())
        .containsExactly(new Subscribe(null, null, null, new StreamPosition(EPOCH, 8)));
  }

  /// REQ-10: a lost message is noticed and repaired at once.
  @Test
  void aGapForcesAResume() {
    it.live(7);
    it.event(9, "99");

    assertThat(resumes()).containsExactly(new Resume(new StreamPosition(EPOCH, 7)));
    assertThat(it.quantity()).isEqualTo("10");
    assertThat(it.driver.counters().gaps()).isEqualTo(1);
    it.event(10, "98");
    assertThat(resumes()).as("one is enough").hasSize(1);
  }

  @Test
  void aGapIsFollowedByACheckAgainstRest() {
    it.live(7);
    it.server.portfolio = () -> rest(EPOCH, 9, snapshotOf(position("AAPL", "13", "100")));
    it.event(9, "99");
    assertThat(it.server.polls).isEmpty();

    it.answersWithReplay(9);

    assertThat(it.server.polls).hasSize(1);
    assertThat(it.quantity()).isEqualTo("13");
    assertThat(it.driver.counters().differences()).isEqualTo(1);
  }

  @Test
  void aResumeThatIsNotAnsweredCostsTheConnection() {
    it.live(7);
    it.event(9, "99");
    var wire = it.server.last();

    it.passTalking(seconds(10));

    assertThat(wire.closed).isTrue();
    assertThat(it.server.wires.size()).isGreaterThanOrEqualTo(1);
    assertThat(it.states).anyMatch(Reconnecting.class::isInstance);
  }

  @Test
  void aBadMessageIsCountedAnsweredByResumeAndChangesNothing() {
    it.live(7);
    for (var bad :
        List.of("{", "[]", "null", "{\"type\":\"shout\"}", "{\"type\":\"position_update\"}")) {
      it.server.last().text(bad);
      it.time.settle();
      assertThat(it.quantity()).isEqualTo("10");
      it.answersWithReplay(7);
    }

    assertThat(it.driver.counters().badMessages()).isEqualTo(5);
    assertThat(resumes()).hasSize(5).containsOnly(new Resume(new StreamPosition(EPOCH, 7)));
    assertThat(it.driver.connection()).isInstanceOf(Live.class);
  }

  @Test
  void aReplayWithANullInItChangesNothing() {
    it.live(7);
    it.event(9, "99");
    it.server
        .last()
        .text(
            """
            {"type":"subscribed","timestamp":"2026-11-23T12:00:00Z","userId":"u1","prevSeq":9,\
            "seq":9,"data":{"channels":["orders"],"windowMs":1,"recovered":true,"epoch":"e1",\
            "seq":9,"feeds":{"trading":{"state":"live","since":"2026-11-23T12:00:00Z"},\
            "marketData":{"state":"live","since":"2026-11-23T12:00:00Z"}},"replay":[null]}}\
            """);
    it.time.settle();

    assertThat(it.driver.counters().badMessages()).isEqualTo(1);
    assertThat(it.server.last().allowed).as("the next message may come").isEqualTo(1);
    assertThat(it.quantity()).isEqualTo("10");
  }

  @Test
  void aServerThatTalksNonsenseIsLeft() {
    it.live(7);
    var wire = it.server.last();
    for (int i = 0; i < 11; i++) {
      wire.text("{");
      it.time.settle();
    }

    assertThat(wire.closed).isTrue();
    assertThat(it.driver.connection()).isInstanceOf(Reconnecting.class);
  }

  @Test
  void anotherDigestTakesAFreshSnapshot() {
    it.live(7);
    it.says(message(7, 7, new Digest(7, StateDigest.ALGORITHM, "00")));
    assertThat(subscribes()).hasSize(2).last().isEqualTo(new Subscribe(null, null, null, null));

    it.says(snapshot(EPOCH, 7, snapshotOf(position("AAPL", "13", "100"))));

    assertThat(it.quantity()).isEqualTo("13");
    assertThat(it.driver.counters().digestsDifferent()).isEqualTo(1);
    assertThat(it.server.polls).as("and a check at once").hasSize(1);
  }

  @Test
  void aConnectionThatSaysNothingIsLost() {
    it.live(7);
    var wire = it.server.last();
    it.pass(Duration.ofMillis(18_900));
    assertThat(wire.closed).isFalse();

    it.pass(Duration.ofMillis(200));

    assertThat(wire.closed).isTrue();
    assertThat(it.driver.connection()).isInstanceOf(Reconnecting.class);
  }

  @Test
  void aPingIsEnoughToBeHeard() {
    it.live(7);
    it.passTalking(seconds(300));

    assertThat(it.server.attempts).hasSize(1);
    assertThat(it.driver.connection()).isInstanceOf(Live.class);
  }

  /// REQ-9: every 60 s, and equal is no difference.
  @Test
  void itChecksAgainstRestEveryMinute() {
    it.live(7);
    it.server.portfolio = () -> rest(EPOCH, 7, snapshotOf(position("AAPL", "10.0", "105")));
    it.passTalking(seconds(180));

    assertThat(it.server.polls).containsExactly(seconds(60), seconds(120), seconds(180));
    assertThat(it.driver.counters().checks()).isEqualTo(3);
    assertThat(it.driver.counters().differences()).isZero();
    assertThat(it.driver.counters().check().orElseThrow().at())
        .isEqualTo(Samples.NOON.plusSeconds(180));
  }

  /// REQ-10: what differs at the same number is corrected and counted.
  @Test
  void aDifferenceIsRepairedAndCounted() {
    it.live(7);
    it.server.portfolio =
        () -> rest(EPOCH, 7, snapshotOf(position("AAPL", "11", "100"), position("B", "1", "1")));
    it.passTalking(seconds(60));

    assertThat(it.quantity()).isEqualTo("11");
    assertThat(it.driver.counters().check().orElseThrow().differences()).isEqualTo(2);
  }

  @Test
  void aReadBehindTheViewIsAskedForAgain() {
    it.live(7);
    it.server.portfolio = () -> rest(EPOCH, 6, snapshotOf());
    it.passTalking(seconds(61));

    assertThat(it.driver.counters().checks()).isZero();
    assertThat(it.server.polls.size()).isGreaterThanOrEqualTo(2);
    assertThat(it.quantity()).isEqualTo("10");
    it.passTalking(seconds(20));
    assertThat(it.server.polls).as("but not for ever").hasSize(4);
  }

  @Test
  void aReadAheadGivesTheStreamTwoSeconds() {
    it.live(7);
    it.server.portfolio = () -> rest(EPOCH, 8, snapshotOf(position("AAPL", "11", "100")));
    it.passTalking(seconds(50));
    assertThat(it.quantity()).isEqualTo("10");

    it.event(8, "11");
    it.passTalking(seconds(3));

    assertThat(it.driver.counters().missedEvents()).isZero();
    assertThat(it.driver.counters().differences()).isZero();
  }

  /// REQ-10
  @Test
  void aReadThatStaysAheadIsAdoptedAndCountsAMissedEvent() {
    it.live(7);
    it.server.portfolio = () -> rest(EPOCH, 8, snapshotOf(position("AAPL", "11", "100")));
    it.passTalking(seconds(49));
    it.pass(Duration.ofMillis(1500));
    assertThat(it.quantity()).isEqualTo("10");
    it.server.last().heartbeat();
    it.pass(seconds(1));

    assertThat(it.quantity()).isEqualTo("11");
    assertThat(it.driver.counters().missedEvents()).isEqualTo(1);
    it.event(9, "12");
    assertThat(it.quantity()).as("the stream goes on from there").isEqualTo("12");
  }

  @Test
  void aReadInAnotherNumberingAsksTheStreamForItsOwn() {
    it.live(7);
    it.server.portfolio = () -> rest("e2", 1, snapshotOf());
    it.passTalking(seconds(55));

    assertThat(resumes()).hasSize(1);
    it.says(snapshot("e2", 1, snapshotOf(position("AAPL", "1", "1"))));
    assertThat(it.quantity()).isEqualTo("1");
  }

  @Test
  void aCheckThatIsRefusedWith401SignsOut() {
    it.live(7);
    it.server.portfolio =
        () -> {
          throw new StreamApiException.Refused(ProblemCode.UNAUTHENTICATED.problem("gone"));
        };
    it.passTalking(seconds(60));

    assertThat(it.driver.connection()).isEqualTo(new SignedOut("unauthenticated"));
  }

  @Test
  void latencyIsMeasuredWithTheClocksDifferenceTakenOut() {
    it.live(7);
    var ahead = Duration.ofSeconds(100);
    it.server.last().heartbeat();
    it.pass(seconds(4));
    var ping = it.server.last().received(Ping.class).getLast();
    it.pass(Duration.ofMillis(40));
    it.says(message(7, 7, new Pong(ping.id(), it.time.instant().minusMillis(20).plus(ahead))));
    assertThat(it.driver.counters().roundTrip()).isEqualTo(Duration.ofMillis(40));

    var sentAt = it.time.instant().plus(ahead);
    it.pass(Duration.ofMillis(30));
    it.says(new ServerMessage(sentAt, Samples.USER, 7, 7, batch(position("AAPL", "10", "101"))));

    assertThat(it.driver.counters().latency())
        .isEqualTo(
            new ClientCounters.Latency(
                1, Duration.ofMillis(30), Duration.ofMillis(30), Duration.ofMillis(30)));
  }

  @Test
  void whatTheClientKnowsIsReported() {
    it.live(7);
    it.says(message(7, 7, new Digest(7, StateDigest.ALGORITHM, "00")));
    it.says(snapshot(EPOCH, 7, snapshotOf(position("AAPL", "13", "100"))));
    it.passTalking(seconds(30));

    assertThat(it.server.last().received(Report.class)).containsExactly(new Report(null, 1L, null));
  }

  @Test
  void nothingToTellIsNotReported() {
    it.live(7);
    it.passTalking(seconds(100));

    assertThat(it.server.last().received(Report.class)).isEmpty();
  }
}
