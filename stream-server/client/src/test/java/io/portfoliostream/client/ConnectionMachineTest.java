package io.portfoliostream.client;

import static io.portfoliostream.client.MachineFixture.STABLE;
import static io.portfoliostream.client.MachineFixture.delay;
import static io.portfoliostream.client.MachineFixture.does;
import static io.portfoliostream.client.MachineFixture.everyState;
import static io.portfoliostream.client.MachineFixture.failed;
import static io.portfoliostream.client.MachineFixture.next;
import static io.portfoliostream.client.MachineFixture.polling;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ConnectionEvent.AnswerNeeded;
import io.portfoliostream.client.ConnectionEvent.Answered;
import io.portfoliostream.client.ConnectionEvent.CloseRequested;
import io.portfoliostream.client.ConnectionEvent.Lost;
import io.portfoliostream.client.ConnectionEvent.PollFailed;
import io.portfoliostream.client.ConnectionEvent.Polled;
import io.portfoliostream.client.ConnectionEvent.Probed;
import io.portfoliostream.client.ConnectionEvent.ReconnectRequested;
import io.portfoliostream.client.ConnectionEvent.Refused;
import io.portfoliostream.client.ConnectionEvent.SessionGone;
import io.portfoliostream.client.ConnectionEvent.ShutdownAnnounced;
import io.portfoliostream.client.ConnectionEvent.StartRequested;
import io.portfoliostream.client.ConnectionEvent.StatusRead;
import io.portfoliostream.client.ConnectionEvent.Timer;
import io.portfoliostream.client.ConnectionEvent.TimerFired;
import io.portfoliostream.client.ConnectionEvent.Welcomed;
import io.portfoliostream.client.ConnectionMachine.Step;
import io.portfoliostream.client.LinkState.Closed;
import io.portfoliostream.client.LinkState.Course;
import io.portfoliostream.client.LinkState.Dismissed;
import io.portfoliostream.client.LinkState.Grounded;
import io.portfoliostream.client.LinkState.Health;
import io.portfoliostream.client.LinkState.Idle;
import io.portfoliostream.client.LinkState.Live;
import io.portfoliostream.client.LinkState.Opening;
import io.portfoliostream.client.LinkState.SignedOut;
import io.portfoliostream.client.LinkState.Subscribing;
import io.portfoliostream.client.LinkState.Waiting;
import io.portfoliostream.client.LinkState.Watching;
import io.portfoliostream.protocol.Shutdown;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One test per edge between connected and not; [OutageRulesTest] has the ways back.
class ConnectionMachineTest {
  private static final String LIMIT = FallbackReason.CONNECTION_LIMIT;

  @Test
  void aStartOpensASocketAndWatchesTheHealth() {
    var step = next(new Idle(), new StartRequested());

    assertThat(step.state()).isEqualTo(new Opening(Course.START));
    assertThat(does(step, new Effect.OpenSocket())).isTrue();
    assertThat(delay(step, Timer.ANSWER)).isEqualTo("10000..10000");
    assertThat(delay(step, Timer.PROBE)).isEqualTo("1800..2200");
  }

  @Test
  void aSecondStartDoesNothing() {
    var open = new Opening(STABLE);

    assertThat(next(open, new StartRequested())).isEqualTo(Step.to(open));
  }

  @Test
  void aWelcomeIsAnsweredBySubscribe() {
    var step = next(new Opening(STABLE), new Welcomed());

    assertThat(step).isEqualTo(Step.to(new Subscribing(STABLE), new Effect.Subscribe()));
  }

  @Test
  void theAnswerMakesItLiveAndEndsEverythingOfTheOutage() {
    var step = next(new Subscribing(polling(12, LIMIT, 3)), new Answered());

    assertThat(step.state()).isEqualTo(new Live(failed(12), null));
    assertThat(
            does(
                step,
                new Effect.Cancel(Timer.ANSWER),
                new Effect.Cancel(Timer.POLL),
                new Effect.Cancel(Timer.PROBE)))
        .isTrue();
    assertThat(delay(step, Timer.STABLE)).isEqualTo("10000..10000");
  }

  @Test
  void onlyAConnectionThatLivedLongForgetsItsFailures() {
    var step = next(new Live(failed(4), null), new TimerFired(Timer.STABLE));

    assertThat(step).isEqualTo(Step.to(new Live(STABLE, null)));
    assertThat(delay(next(new Live(failed(4), null), new Lost(1006)), Timer.ATTEMPT))
        .isEqualTo("8000..16000");
    assertThat(delay(next(new Live(STABLE, null), new Lost(1006)), Timer.ATTEMPT))
        .isEqualTo("500..1000");
  }

  @Test
  void aGapAsksAgainAndBoundsTheWaitForTheAnswer() {
    var live = new Live(STABLE, null);
    var step = next(live, new AnswerNeeded());

    assertThat(step.state()).isEqualTo(live);
    assertThat(does(step, new Effect.AskAgain())).isTrue();
    assertThat(delay(step, Timer.ANSWER)).isEqualTo("10000..10000");
    assertThat(next(live, new Answered()))
        .isEqualTo(Step.to(live, new Effect.Cancel(Timer.ANSWER)));
  }

  @Test
  void anAnswerThatNeverComesLosesTheConnection() {
    var live = next(new Live(STABLE, null), new TimerFired(Timer.ANSWER));
    var opening = next(new Opening(failed(1)), new TimerFired(Timer.ANSWER));
    var subscribing = next(new Subscribing(failed(1)), new TimerFired(Timer.ANSWER));

    assertThat(live.state()).isEqualTo(new Waiting(failed(1)));
    assertThat(opening.state()).isEqualTo(new Waiting(failed(2)));
    assertThat(subscribing.state()).isEqualTo(new Waiting(failed(2)));
    assertThat(List.of(live, opening, subscribing))
        .allSatisfy(step -> assertThat(does(step, new Effect.DropSocket())).isTrue());
  }

  @Test
  void aLossWatchesTheHealthSoon() {
    var step = next(new Live(STABLE, null), new Lost(1006));

    assertThat(step.state()).isEqualTo(new Waiting(failed(1)));
    assertThat(delay(step, Timer.PROBE)).isEqualTo("0..500");
    assertThat(does(step, new Effect.Cancel(Timer.STABLE))).isTrue();
  }

  @Test
  void anAttemptOpensASocketWhenItIsDue() {
    var step = next(new Waiting(failed(3)), new TimerFired(Timer.ATTEMPT));

    assertThat(step.state()).isEqualTo(new Opening(failed(3)));
    assertThat(does(step, new Effect.OpenSocket())).isTrue();
  }

  @Test
  void aReconnectNowDoesNotWait() {
    var watching = polling(0, FallbackReason.REALTIME_DISABLED, 0);
    var grounded = polling(1, FallbackReason.PROTOCOL_ERROR, 0);

    assertThat(next(new Waiting(failed(3)), new ReconnectRequested()).state())
        .isEqualTo(new Opening(failed(3)));
    assertThat(next(new Watching(watching), new ReconnectRequested()).state())
        .isEqualTo(new Opening(watching));
    assertThat(next(new Grounded(grounded), new ReconnectRequested()).state())
        .isEqualTo(new Opening(grounded));
    assertThat(next(new Dismissed(), new ReconnectRequested()).state())
        .isEqualTo(new Opening(Course.START));
  }

  @Test
  void aReconnectNowDisturbsNoConnectionAndRevivesNoSession() {
    for (var state :
        List.of(
            new Opening(STABLE),
            new Subscribing(STABLE),
            new Live(STABLE, null),
            new SignedOut("x"),
            new Closed())) {
      assertThat(next(state, new ReconnectRequested())).isEqualTo(Step.to(state));
    }
  }

  @Test
  void aCloseEndsEveryState() {
    for (var state : everyState()) {
      assertThat(next(state, new CloseRequested()))
          .isEqualTo(Step.to(new Closed(), new Effect.GoQuiet()));
    }
  }

  @Test
  void aSessionThatIsGoneSignsOut() {
    assertThat(next(new Live(STABLE, null), new SessionGone()))
        .isEqualTo(Step.to(new SignedOut("unauthenticated"), new Effect.GoQuiet()));
    assertThat(next(new Waiting(polling(11, LIMIT, 0)), new SessionGone()).state())
        .isEqualTo(new SignedOut("unauthenticated"));
  }

  @Test
  void nothingButACloseOrAReconnectLeavesAnEnd() {
    var events =
        List.of(
            new StartRequested(),
            new Welcomed(),
            new Answered(),
            new AnswerNeeded(),
            new ShutdownAnnounced(new Shutdown.Range(0, 1)),
            new Refused(503, null, null),
            new Lost(1006),
            new Polled(),
            new PollFailed(),
            new Probed(true),
            new Probed(false),
            new StatusRead(true),
            new TimerFired(Timer.ATTEMPT),
            new TimerFired(Timer.ANSWER),
            new TimerFired(Timer.STABLE),
            new TimerFired(Timer.POLL),
            new TimerFired(Timer.PROBE),
            new TimerFired(Timer.STATUS));
    for (var end : List.of(new SignedOut("x"), new Dismissed(), new Closed())) {
      for (var event : events) {
        assertThat(next(end, event)).as("%s in %s", event, end).isEqualTo(Step.to(end));
      }
    }
  }

  @Test
  void aServerThatTurnsWellGetsAnAttemptAtOnce() {
    var ill = next(new Waiting(failed(6)), new Probed(false));
    assertThat(ill.state()).isEqualTo(new Waiting(failed(6).withHealth(Health.ILL)));
    assertThat(delay(ill, Timer.ATTEMPT)).isEmpty();
    assertThat(delay(ill, Timer.PROBE)).isEqualTo("1800..2200");

    var well = next(ill.state(), new Probed(true));

    assertThat(delay(well, Timer.ATTEMPT)).isEqualTo("at most 0..1000");
  }

  @Test
  void aServerThatWasWellAllAlongLeavesTheLadderAlone() {
    var first = next(new Waiting(failed(6)), new Probed(true));
    var second = next(first.state(), new Probed(true));

    assertThat(delay(first, Timer.ATTEMPT)).isEmpty();
    assertThat(delay(second, Timer.ATTEMPT)).isEmpty();
  }

  @Test
  void aServerThatTurnsWellDuringAnAttemptShortensTheNextWait() {
    var ill = failed(6).withHealth(Health.ILL);
    var woken = next(new Opening(ill), new Probed(true));
    assertThat(woken.state()).isEqualTo(new Opening(ill.withHealth(Health.WELL).withWake(true)));

    assertThat(delay(next(woken.state(), new Lost(1006)), Timer.ATTEMPT))
        .isEqualTo("at most 0..1000");
    assertThat(next(new Subscribing(ill), new Probed(true)).state())
        .isEqualTo(new Subscribing(ill.withHealth(Health.WELL).withWake(true)));
  }

  @Test
  void probesGoOnWhileNotLiveOnly() {
    var waiting = new Waiting(failed(1));
    var live = new Live(STABLE, null);

    assertThat(next(waiting, new TimerFired(Timer.PROBE)))
        .isEqualTo(Step.to(waiting, new Effect.Probe()));
    assertThat(next(live, new TimerFired(Timer.PROBE))).isEqualTo(Step.to(live));
    assertThat(next(live, new Probed(true))).isEqualTo(Step.to(live));
  }
}
