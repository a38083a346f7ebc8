package io.portfoliostream.client;

import static io.portfoliostream.client.DriverFixture.seconds;
import static io.portfoliostream.client.Samples.EPOCH;
import static io.portfoliostream.client.Samples.NOON;
import static io.portfoliostream.client.Samples.position;
import static io.portfoliostream.client.Samples.rest;
import static io.portfoliostream.client.Samples.snapshotOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ConnectionState.Closed;
import io.portfoliostream.client.ConnectionState.Connecting;
import io.portfoliostream.client.ConnectionState.Live;
import io.portfoliostream.client.ConnectionState.Offline;
import io.portfoliostream.client.ConnectionState.Polling;
import io.portfoliostream.client.ConnectionState.Reconnecting;
import io.portfoliostream.client.ConnectionState.SignedOut;
import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.protocol.Shutdown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How the client comes back, on manual time.
class DriverTest {
  private final DriverFixture it = new DriverFixture();

  private List<Duration> waits() {
    var waits = new ArrayList<Duration>();
    var attempts = it.server.attempts;
    for (int i = 1; i < attempts.size(); i++) {
      waits.add(attempts.get(i).minus(attempts.get(i - 1)));
    }
    return waits;
  }

  @Test
  void itConnectsAndIsLive() {
    it.serveAt(7);
    it.start();

    assertThat(it.states).containsExactly(new Connecting(1), new Live(NOON));
    assertThat(it.quantity()).isEqualTo("10");
    assertThat(it.driver.counters().connections()).isEqualTo(1);
  }

  /// REQ-7: the ladder, from recorded attempt times.
  @Test
  void theAttemptsFollowTheLadder() {
    it.refuseAll();
    it.start();
    it.pass(seconds(180));

    var bases = new int[] {1, 2, 4, 8, 16, 30, 30, 30, 30, 30};
    assertThat(waits()).hasSizeGreaterThanOrEqualTo(10);
    for (int i = 0; i < bases.length; i++) {
      assertThat(waits().get(i))
          .as("before retry %d", i + 1)
          .isBetween(seconds(bases[i]).dividedBy(2), seconds(bases[i]));
    }
  }

  @Test
  void whileItRetriesItSaysWhichAttemptAndWhen() {
    it.refuseAll();
    it.start();

    assertThat(it.driver.connection())
        .isInstanceOfSatisfying(
            Reconnecting.class,
            state -> {
              assertThat(state.attempt()).isEqualTo(1);
              assertThat(state.nextAttemptAt())
                  .isBetween(NOON.plusMillis(500), NOON.plusSeconds(1));
              it.pass(Duration.between(NOON, state.nextAttemptAt()));
            });
    assertThat(it.server.attempts).hasSize(2);
  }

  /// REQ-8: falls back after ten retries, polls every 5 s, and returns by itself.
  @Test
  void afterTenRetriesItPollsAndReturnsByItself() {
    it.refuseAll();
    it.server.portfolio = () -> rest(EPOCH, 9, snapshotOf(position("AAPL", "12", "100")));
    it.start();
    while (!(it.driver.connection() instanceof Polling)) {
      it.pass(seconds(1));
    }
    assertThat(it.server.attempts).hasSize(11);
    assertThat(it.driver.connection())
        .isInstanceOfSatisfying(
            Polling.class,
            state -> assertThat(state.reason()).isEqualTo(FallbackReason.ATTEMPTS_EXHAUSTED));
    int before = it.server.polls.size();
    assertThat(before).isZero();

    it.pass(seconds(60));

    assertThat(it.server.polls.size()).isBetween(10, 14);
    for (int i = 1; i < it.server.polls.size(); i++) {
      assertThat(it.server.polls.get(i).minus(it.server.polls.get(i - 1)))
          .isBetween(Duration.ofMillis(4500), Duration.ofMillis(5500));
    }
    assertThat(it.quantity()).isEqualTo("12");
    assertThat(it.server.attempts.size()).isBetween(12, 14);

    it.serveAt(10);
    it.pass(seconds(34));

    assertThat(it.driver.connection()).isInstanceOf(Live.class);
    int polls = it.server.polls.size();
    it.passTalking(seconds(30));
    assertThat(it.server.polls).as("no polls while live").hasSize(polls);
    assertThat(it.driver.counters().fallbacks()).isEqualTo(1);
  }

  @Test
  void twoFailedPollsAreOfflineAndOneGoodOneIsNot() {
    it.live(7);
    it.server.onConnect = wire -> wire.refuses(429, "connection_limit");
    it.server.last().loses(1006);
    it.pass(seconds(6));
    assertThat(it.driver.connection()).isInstanceOf(Polling.class);

    it.pass(seconds(14));
    assertThat(it.driver.connection()).isEqualTo(new Offline(NOON));
    assertThat(it.quantity()).as("the last state stays").isEqualTo("10");

    it.server.portfolio = () -> rest(EPOCH, 8, snapshotOf(position("AAPL", "11", "100")));
    it.pass(seconds(33));
    assertThat(it.driver.connection()).isInstanceOf(Polling.class);
    assertThat(it.quantity()).isEqualTo("11");
  }

  @Test
  void aRestartedServerHasItsClientBackWithinFiveSeconds() {
    it.live(7);
    it.refuseAll();
    it.server.health = ScriptedBackend.unreachable();
    it.server.last().loses(1006);
    it.pass(seconds(100));
    assertThat(it.driver.connection()).isInstanceOf(Reconnecting.class);

    it.serveAt(8);
    it.server.health = () -> ScriptedBackend.WELL;
    it.pass(seconds(5));

    assertThat(it.driver.connection()).isInstanceOf(Live.class);
  }

  @Test
  void aHealthyServerThatRefusesUpgradesKeepsTheLadder() {
    it.refuseAll();
    it.start();
    it.pass(seconds(60));

    assertThat(it.server.probes).hasSizeGreaterThan(20);
    assertThat(it.server.attempts).hasSizeLessThan(9);
  }

  @Test
  void aDrainingServerIsNotWell() {
    it.refuseAll();
    it.server.health =
        () ->
            new Rest.Health(
                "draining",
                new Rest.Health.Realtime(true),
                new Rest.Health.Broker("simulator", "up"),
                "up",
                "up",
                "1");
    it.start();
    it.pass(seconds(60));
    int attempts = it.server.attempts.size();

    it.server.health = () -> ScriptedBackend.WELL;
    it.pass(Duration.ofMillis(3300));

    assertThat(it.server.attempts).hasSizeGreaterThan(attempts);
  }

  @Test
  void theToldRangeIsKept() {
    it.live(7);
    it.says(Samples.message(7, 7, new Shutdown("restart", new Shutdown.Range(4000, 5000))));
    var lostAt = it.time.elapsed();
    it.server.last().loses(CloseCode.RESTART.code());
    it.pass(seconds(6));

    assertThat(it.server.attempts.getLast().minus(lostAt)).isBetween(seconds(4), seconds(5));
  }

  @Test
  void itNamesTheConnectionThatItReplaces() {
    it.live(7);
    assertThat(it.server.last().replaces).isNull();

    it.server.last().loses(1006);
    it.pass(seconds(1));

    assertThat(it.server.last().replaces).isEqualTo("conn-1");
  }

  @Test
  void aRefusalWithoutABodyIsLookedUp() {
    it.server.onConnect = wire -> wire.refuses(503, null);
    it.server.status = () -> new Rest.StreamStatus(false, 5, List.of());
    it.start();

    assertThat(it.driver.connection())
        .isEqualTo(new Polling(FallbackReason.REALTIME_DISABLED, NOON));
  }

  @Test
  void aLimitWithoutABodyIsLookedUp() {
    var taken = new Rest.StreamStatus.Connection("c", NOON, null);
    it.server.onConnect = wire -> wire.refuses(429, null);
    it.server.status = () -> new Rest.StreamStatus(true, 1, List.of(taken));
    it.start();

    assertThat(it.driver.connection())
        .isEqualTo(new Polling(FallbackReason.CONNECTION_LIMIT, NOON));
  }

  @Test
  void aRefusalThatNobodyCanExplainTakesTheLadder() {
    it.server.onConnect = wire -> wire.refuses(503, null);
    it.server.status = ScriptedBackend.unreachable();
    it.start();

    assertThat(it.driver.connection()).isInstanceOf(Reconnecting.class);
  }

  @Test
  void realTimeOffPollsWithinFiveSecondsAndOnIsLiveAgain() {
    it.live(7);
    it.server.status = () -> new Rest.StreamStatus(false, 5, List.of());
    it.server.portfolio = () -> rest(EPOCH, 8, snapshotOf(position("AAPL", "11", "100")));
    it.server.last().loses(CloseCode.REALTIME_DISABLED.code());
    it.pass(seconds(5));
    assertThat(it.server.polls).isNotEmpty();
    it.pass(seconds(60));
    assertThat(it.server.attempts).as("only the flag is watched").hasSize(1);

    it.server.status = () -> new Rest.StreamStatus(true, 5, List.of());
    it.pass(seconds(7));

    assertThat(it.driver.connection()).isInstanceOf(Live.class);
  }

  @Test
  void aSessionThatEndsWhilePollingSignsOut() {
    it.server.onConnect = wire -> wire.refuses(429, "connection_limit");
    it.server.portfolio =
        () -> {
          throw new StreamApiException.Refused(ProblemCode.UNAUTHENTICATED.problem("gone"));
        };
    it.start();
    it.pass(seconds(5));

    assertThat(it.driver.connection()).isEqualTo(new SignedOut("unauthenticated"));
    assertThat(it.time.pendingTimers()).isZero();
  }

  @Test
  void anAttemptThatHangsIsGivenUp() {
    it.start();
    it.pass(Duration.ofMillis(10_100));

    assertThat(it.server.last().closed).isTrue();
    assertThat(it.driver.connection()).isInstanceOf(Reconnecting.class);
  }

  @Test
  void whatAnAbandonedSocketSaysIsNotHeard() {
    it.start();
    var abandoned = it.server.last();
    it.serveAt(7);
    it.pass(seconds(20));
    assertThat(it.driver.connection()).isInstanceOf(Live.class);

    abandoned.loses(CloseCode.SESSION_ENDED.code());
    it.time.settle();

    assertThat(it.driver.connection()).isInstanceOf(Live.class);
  }

  @Test
  void reconnectNowSkipsTheWait() {
    it.refuseAll();
    it.start();
    it.pass(seconds(40));
    int attempts = it.server.attempts.size();

    it.driver.reconnectNow();
    it.time.settle();

    assertThat(it.server.attempts).hasSize(attempts + 1);
  }

  @Test
  void nothingIsLeftInTheBackgroundAfterClose() {
    it.live(7);
    it.driver.requestClose();
    it.time.settle();

    assertThat(it.driver.ended()).isDone();
    assertThat(it.driver.connection()).isEqualTo(new Closed());
    assertThat(it.states.getLast()).as("listeners hear of it").isEqualTo(new Closed());
    assertThat(it.server.last().closed).isTrue();
    assertThat(it.time.pendingTimers()).isZero();
    int probes = it.server.probes.size();
    it.pass(seconds(300));
    assertThat(it.server.attempts).hasSize(1);
    assertThat(it.server.probes).hasSize(probes);
  }

  @Test
  void aListenerThatThrowsDoesNoHarm() {
    var _ =
        it.driver.subscribe(changes -> {
          throw new IllegalStateException("planted");
        });
    it.serveAt(7);
    it.start();

    assertThat(it.driver.connection()).isInstanceOf(Live.class);
    assertThat(it.states).containsExactly(new Connecting(1), new Live(NOON));
  }

  @Test
  void aClosedRegistrationHearsNothingMore() {
    var heard = new ArrayList<Changes>();
    var registration = it.driver.subscribe(heard::add);
    registration.close();
    registration.close();
    it.serveAt(7);
    it.start();

    assertThat(heard).isEmpty();
  }
}
