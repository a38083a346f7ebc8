package io.portfoliostream.client;

import static io.portfoliostream.client.MachineFixture.STABLE;
import static io.portfoliostream.client.MachineFixture.delay;
import static io.portfoliostream.client.MachineFixture.does;
import static io.portfoliostream.client.MachineFixture.failed;
import static io.portfoliostream.client.MachineFixture.next;
import static io.portfoliostream.client.MachineFixture.polling;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ConnectionEvent.Lost;
import io.portfoliostream.client.ConnectionEvent.PollFailed;
import io.portfoliostream.client.ConnectionEvent.Polled;
import io.portfoliostream.client.ConnectionEvent.Probed;
import io.portfoliostream.client.ConnectionEvent.Refused;
import io.portfoliostream.client.ConnectionEvent.ShutdownAnnounced;
import io.portfoliostream.client.ConnectionEvent.StatusRead;
import io.portfoliostream.client.ConnectionEvent.Timer;
import io.portfoliostream.client.ConnectionEvent.TimerFired;
import io.portfoliostream.client.ConnectionMachine.Step;
import io.portfoliostream.client.LinkState.Dismissed;
import io.portfoliostream.client.LinkState.Grounded;
import io.portfoliostream.client.LinkState.Health;
import io.portfoliostream.client.LinkState.Live;
import io.portfoliostream.client.LinkState.Opening;
import io.portfoliostream.client.LinkState.SignedOut;
import io.portfoliostream.client.LinkState.Subscribing;
import io.portfoliostream.client.LinkState.Waiting;
import io.portfoliostream.client.LinkState.Watching;
import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.Shutdown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One test per way to lose a connection, and per way back.
class OutageRulesTest {
  private static final String EXHAUSTED = FallbackReason.ATTEMPTS_EXHAUSTED;
  private static final String DISABLED = FallbackReason.REALTIME_DISABLED;
  private static final String LIMIT = FallbackReason.CONNECTION_LIMIT;
  private static final String MISTAKE = FallbackReason.PROTOCOL_ERROR;

  private static Step refused(int status, String code) {
    return next(new Opening(STABLE), new Refused(status, code, null));
  }

  private static Step closed(CloseCode code) {
    return next(new Live(STABLE, null), new Lost(code.code()));
  }

  /// REQ-7: 1, 2, 4, 8, 16, 30 s, the wait random in [base/2, base].
  @Test
  void theLadderHasTheProtocolsRungs() {
    var waits = new ArrayList<String>();
    LinkState state = new Opening(STABLE);
    for (int i = 0; i < 10; i++) {
      var step = next(state, new Lost(ConnectionMachine.ABNORMAL));
      waits.add(delay(step, Timer.ATTEMPT));
      state = next(step.state(), new TimerFired(Timer.ATTEMPT)).state();
    }

    assertThat(waits)
        .startsWith(
            "500..1000", "1000..2000", "2000..4000", "4000..8000", "8000..16000", "15000..30000")
        .hasSize(10)
        .endsWith("15000..30000");
  }

  /// REQ-8: after the tenth failed retry.
  @Test
  void theTenthFailedRetryFallsBackToPolling() {
    var ninth = next(new Opening(failed(9)), new Lost(1006));
    var tenth = next(new Opening(failed(10)), new Lost(1006));

    assertThat(ninth.state()).isEqualTo(new Waiting(failed(10)));
    assertThat(tenth.state()).isEqualTo(new Waiting(polling(11, EXHAUSTED, 0)));
    assertThat(delay(tenth, Timer.POLL)).isEqualTo("0..5000");
    assertThat(delay(tenth, Timer.ATTEMPT)).isEqualTo("27000..33000");
    assertThat(does(tenth, new Effect.CountFallback(EXHAUSTED))).isTrue();
  }

  @Test
  void pollingGoesOnThroughFailedAttemptsWithoutCountingAgain() {
    var step = next(new Opening(polling(11, EXHAUSTED, 1)), new Lost(1006));

    assertThat(step.state()).isEqualTo(new Waiting(polling(12, EXHAUSTED, 1)));
    assertThat(delay(step, Timer.POLL)).isEmpty();
    assertThat(step.effects()).noneMatch(Effect.CountFallback.class::isInstance);
  }

  /// REQ-1
  @Test
  void a401AsksForALogin() {
    assertThat(refused(401, "unauthenticated").state()).isEqualTo(new SignedOut("unauthenticated"));
    assertThat(closed(CloseCode.SESSION_ENDED).state()).isEqualTo(new SignedOut("session_ended"));
  }

  @Test
  void realTimeSwitchedOffPollsAndWatchesTheFlagOnly() {
    for (var step :
        List.of(refused(503, "realtime_disabled"), closed(CloseCode.REALTIME_DISABLED))) {
      assertThat(step.state()).isEqualTo(new Watching(polling(0, DISABLED, 0)));
      assertThat(delay(step, Timer.POLL)).isEqualTo("0..5000");
      assertThat(delay(step, Timer.STATUS)).isEqualTo("4500..5500");
      assertThat(delay(step, Timer.ATTEMPT)).isEmpty();
    }
  }

  @Test
  void theFlagIsWatchedUntilItIsOnAgain() {
    var watching = new Watching(polling(0, DISABLED, 0));

    assertThat(next(watching, new TimerFired(Timer.STATUS)))
        .isEqualTo(Step.to(watching, new Effect.ReadStatus()));
    assertThat(delay(next(watching, new StatusRead(false)), Timer.STATUS)).isEqualTo("4500..5500");
    var on = next(watching, new StatusRead(true));
    assertThat(on.state()).isEqualTo(new Waiting(polling(0, DISABLED, 0)));
    assertThat(delay(on, Timer.ATTEMPT)).isEqualTo("at most 0..1000");
  }

  @Test
  void aServerThatTurnsWellIsAskedForTheFlagAtOnce() {
    var step = next(new Watching(polling(0, DISABLED, 2).withHealth(Health.ILL)), new Probed(true));

    assertThat(delay(step, Timer.STATUS)).isEqualTo("at most 0..1000");
    assertThat(delay(step, Timer.POLL)).isEqualTo("at most 0..1000");
  }

  /// REQ-3
  @Test
  void tooManyConnectionsPollsAtOnceAndTriesSlowly() {
    var step = refused(429, "connection_limit");

    assertThat(step.state()).isEqualTo(new Waiting(polling(1, LIMIT, 0)));
    assertThat(delay(step, Timer.POLL)).isEqualTo("0..5000");
    assertThat(delay(step, Timer.ATTEMPT)).isEqualTo("27000..33000");
    assertThat(does(step, new Effect.CountFallback(LIMIT))).isTrue();
  }

  @Test
  void otherRefusalsTakeTheLadder() {
    for (var code : List.of("unavailable", "draining", "origin_not_allowed")) {
      var step = refused(code.equals("origin_not_allowed") ? 403 : 503, code);
      assertThat(step.state()).isEqualTo(new Waiting(failed(1)));
      assertThat(delay(step, Timer.ATTEMPT)).isEqualTo("500..1000");
    }
    assertThat(next(new Opening(STABLE), new Refused(503, null, null)).state())
        .isEqualTo(new Waiting(failed(1)));
  }

  @Test
  void aRetryAfterIsRespectedWithinBounds() {
    var soon = new Refused(429, "connect_rate", Duration.ofSeconds(7));
    var never = new Refused(429, "connect_rate", Duration.ofHours(9));

    assertThat(delay(next(new Opening(STABLE), soon), Timer.ATTEMPT)).isEqualTo("7000..7500");
    assertThat(delay(next(new Opening(STABLE), never), Timer.ATTEMPT)).isEqualTo("60000..60500");
    assertThat(delay(next(new Opening(failed(5)), soon), Timer.ATTEMPT)).isEqualTo("15000..30000");
  }

  @Test
  void aServerThatWantsUsAwayIsLeftAlone() {
    for (var code : List.of(CloseCode.NORMAL, CloseCode.REPLACED)) {
      assertThat(closed(code).state()).isEqualTo(new Dismissed());
      assertThat(does(closed(code), new Effect.GoQuiet())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1009, 4400, 4402, 4499})
  void ourOwnMistakeIsNotRepeated(int code) {
    var step = next(new Live(STABLE, null), new Lost(code));

    assertThat(step.state()).isEqualTo(new Grounded(polling(1, MISTAKE, 0)));
    assertThat(delay(step, Timer.ATTEMPT)).isEmpty();
    assertThat(delay(step, Timer.POLL)).isEqualTo("0..5000");
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1006, 1011, 4001, 4003, 4000, 4399})
  void everyOtherCloseComesBackWithBackoff(int code) {
    var step = next(new Live(STABLE, null), new Lost(code));

    assertThat(step.state()).isEqualTo(new Waiting(failed(1)));
    assertThat(delay(step, Timer.ATTEMPT)).isEqualTo("500..1000");
  }

  @Test
  void aSlowConsumerComesBackAtOnceTheFirstTimeOnly() {
    var first = closed(CloseCode.SLOW_CONSUMER);
    assertThat(first.state()).isEqualTo(new Opening(STABLE.slow()));
    assertThat(does(first, new Effect.OpenSocket())).isTrue();

    var second = next(new Live(STABLE.slow(), null), new Lost(CloseCode.SLOW_CONSUMER.code()));
    assertThat(second.state()).isEqualTo(new Waiting(STABLE.slow().failed()));
    assertThat(delay(second, Timer.ATTEMPT)).isEqualTo("500..1000");
    assertThat(STABLE.slow().stable().slowBefore()).isFalse();
  }

  @Test
  void aRestartIsFollowedInTheToldRange() {
    var told = new Shutdown.Range(3000, 9000);
    var live = next(new Live(STABLE, null), new ShutdownAnnounced(told)).state();
    assertThat(live).isEqualTo(new Live(STABLE, told));

    for (int code : List.of(CloseCode.RESTART.code(), ConnectionMachine.ABNORMAL)) {
      var step = next(live, new Lost(code));
      assertThat(step.state()).isEqualTo(new Waiting(failed(1)));
      assertThat(delay(step, Timer.ATTEMPT)).isEqualTo("3000..9000");
    }
    assertThat(delay(closed(CloseCode.RESTART), Timer.ATTEMPT))
        .as("without a told range")
        .isEqualTo("500..1000");
  }

  @Test
  void aToldRangeOfYearsIsNotBelieved() {
    var live = new Live(STABLE, new Shutdown.Range(0, Long.MAX_VALUE / 1_000_000));

    assertThat(delay(next(live, new Lost(1012)), Timer.ATTEMPT)).isEqualTo("0..60000");
  }

  /// REQ-8: every 5 seconds.
  @Test
  void aPollIsFollowedByTheNext() {
    var waiting = new Waiting(polling(11, EXHAUSTED, 0));

    assertThat(next(waiting, new TimerFired(Timer.POLL)))
        .isEqualTo(Step.to(waiting, new Effect.Poll()));
    assertThat(delay(next(waiting, new Polled()), Timer.POLL)).isEqualTo("4500..5500");
  }

  @Test
  void failedPollsAreCountedAndSlowDown() {
    LinkState state = new Waiting(polling(11, EXHAUSTED, 0));
    var waits = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      var step = next(state, new PollFailed());
      waits.add(delay(step, Timer.POLL));
      state = step.state();
    }

    assertThat(state).isEqualTo(new Waiting(polling(11, EXHAUSTED, 5)));
    assertThat(waits)
        .containsExactly(
            "4500..5500", "9000..11000", "18000..22000", "27000..33000", "27000..33000");
    assertThat(next(state, new Polled()).state()).isEqualTo(new Waiting(polling(11, EXHAUSTED, 0)));
  }

  @Test
  void pollsGoOnDuringAnAttempt() {
    var course = polling(11, EXHAUSTED, 0);
    for (var state : List.of(new Opening(course), new Subscribing(course), new Grounded(course))) {
      assertThat(does(next(state, new TimerFired(Timer.POLL)), new Effect.Poll())).isTrue();
    }
  }

  @Test
  void nobodyPollsWithoutFallback() {
    var waiting = new Waiting(failed(3));

    assertThat(next(waiting, new TimerFired(Timer.POLL))).isEqualTo(Step.to(waiting));
    assertThat(next(waiting, new Polled())).isEqualTo(Step.to(waiting));
    assertThat(next(waiting, new PollFailed())).isEqualTo(Step.to(waiting));
  }
}
