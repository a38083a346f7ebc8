package io.portfoliostream.client;

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
import io.portfoliostream.client.Effect.AskAgain;
import io.portfoliostream.client.Effect.Cancel;
import io.portfoliostream.client.Effect.DropSocket;
import io.portfoliostream.client.Effect.GoQuiet;
import io.portfoliostream.client.Effect.Poll;
import io.portfoliostream.client.Effect.Probe;
import io.portfoliostream.client.Effect.ReadStatus;
import io.portfoliostream.client.Effect.Subscribe;
import io.portfoliostream.client.LinkState.Closed;
import io.portfoliostream.client.LinkState.Course;
import io.portfoliostream.client.LinkState.Dismissed;
import io.portfoliostream.client.LinkState.Fallback;
import io.portfoliostream.client.LinkState.Grounded;
import io.portfoliostream.client.LinkState.Health;
import io.portfoliostream.client.LinkState.Idle;
import io.portfoliostream.client.LinkState.Live;
import io.portfoliostream.client.LinkState.Opening;
import io.portfoliostream.client.LinkState.SignedOut;
import io.portfoliostream.client.LinkState.Subscribing;
import io.portfoliostream.client.LinkState.Waiting;
import io.portfoliostream.client.LinkState.Watching;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides what a connection does next. Pure: time and chance are left to whoever performs the
/// effects, as timers with a range.
///
/// ```
///  idle ──start──► opening ──welcome──► subscribing ──answer──► live
///                  ▲  │ refused, lost, no answer │              │ lost
///                  │  ▼                          ▼              ▼
///                  └─ waiting (after the last retry: polling) ◄─┘
///  real time off ──► watching (polling)      our mistake ──► grounded (polling)
///  401, 4401 ──► signed out      1000, 4005 ──► dismissed      close ──► closed
/// ```
final class ConnectionMachine {
  /// The close code of a connection that ended without a close frame.
  static final int ABNORMAL = 1006;

  private final Delays delays;
  private final OutageRules outage;

  ConnectionMachine(ClientSettings settings) {
    this.delays = new Delays(settings);
    this.outage = new OutageRules(settings.retry().attempts(), delays);
  }

  /// A state and what is to be done to enter it.
  record Step(LinkState state, List<Effect> effects) {
    Step {
      effects = List.copyOf(effects);
    }

    static Step to(LinkState state, Effect... effects) {
      return new Step(state, List.of(effects));
    }

    /// The same step, with `first` done before.
    Step after(Effect... first) {
      return new Step(state, Stream.concat(Stream.of(first), effects.stream()).toList());
    }

    /// The same step, with `more` done after.
    Step and(Effect... more) {
      return new Step(state, Stream.concat(effects.stream(), Stream.of(more)).toList());
    }
  }

  /// The state after `event`; the same state without effects when the event means nothing to it.
  Step next(LinkState state, ConnectionEvent event) {
    return switch (event) {
      case CloseRequested _ -> Step.to(new Closed(), new GoQuiet());
      case SessionGone _ -> sessionGone(state);
      case StartRequested _ when state instanceof Idle -> start();
      case ReconnectRequested _ -> reconnect(state);
      case TimerFired(var timer) -> fired(state, timer);
      case Welcomed _ when state instanceof Opening(var course) ->
          Step.to(new Subscribing(course), new Subscribe());
      case Answered _ -> answered(state);
      case AnswerNeeded _ when state instanceof Live || state instanceof Subscribing ->
          Step.to(state, new AskAgain(), delays.answer());
      case ShutdownAnnounced(var range) when state instanceof Live(var course, _) ->
          Step.to(new Live(course, range));
      case Refused refused when state instanceof Opening(var course) ->
          outage.refused(course, refused).after(new Cancel(Timer.ANSWER));
      case Lost(int code) -> lost(state, code);
      case Polled _ -> polled(state, 0);
      case PollFailed _ -> polled(state, 1);
      case Probed(boolean well) -> probed(state, well);
      case StatusRead(boolean enabled) when state instanceof Watching(var course) ->
          enabled ? wake(course) : Step.to(state, delays.status());
      case StartRequested _,
          Welcomed _,
          AnswerNeeded _,
          ShutdownAnnounced _,
          Refused _,
          StatusRead _ ->
          Step.to(state);
    };
  }

  /// What the state remembers of an outage; absent while live and when nothing more will come.
  static Optional<Course> outageOf(LinkState state) {
    return switch (state) {
      case Opening(var course) -> Optional.of(course);
      case Subscribing(var course) -> Optional.of(course);
      case Waiting(var course) -> Optional.of(course);
      case Watching(var course) -> Optional.of(course);
      case Grounded(var course) -> Optional.of(course);
      case Idle _, Live _, SignedOut _, Dismissed _, Closed _ -> Optional.empty();
    };
  }

  /// How the state polls, when it does.
  static Optional<Fallback> fallbackOf(LinkState state) {
    return outageOf(state).flatMap(course -> Optional.ofNullable(course.fallback()));
  }

  private static LinkState with(LinkState state, Course course) {
    return switch (state) {
      case Opening _ -> new Opening(course);
      case Subscribing _ -> new Subscribing(course);
      case Waiting _ -> new Waiting(course);
      case Watching _ -> new Watching(course);
      case Grounded _ -> new Grounded(course);
      case Idle _, Live _, SignedOut _, Dismissed _, Closed _ -> state;
    };
  }

  private Step start() {
    return outage.open(Course.START).and(delays.probe());
  }

  private Step reconnect(LinkState state) {
    return switch (state) {
      case Waiting(var course) -> outage.open(course);
      case Watching(var course) -> outage.open(course).after(new Cancel(Timer.STATUS));
      case Grounded(var course) -> outage.open(course);
      case Dismissed _ -> start();
      case Idle _, Opening _, Subscribing _, Live _, SignedOut _, Closed _ -> Step.to(state);
    };
  }

  private Step wake(Course course) {
    return Step.to(new Waiting(course), delays.soon(Timer.ATTEMPT));
  }

  private static Step sessionGone(LinkState state) {
    return switch (state) {
      case Closed _, SignedOut _ -> Step.to(state);
      case Idle _,
          Opening _,
          Subscribing _,
          Live _,
          Waiting _,
          Watching _,
          Grounded _,
          Dismissed _ ->
          OutageRules.signedOut(OutageRules.UNAUTHENTICATED);
    };
  }

  private Step answered(LinkState state) {
    return switch (state) {
      case Subscribing(var course) ->
          Step.to(
              new Live(course.live(), null),
              new Cancel(Timer.ANSWER),
              new Cancel(Timer.POLL),
              new Cancel(Timer.PROBE),
              delays.stable());
      case Live _ -> Step.to(state, new Cancel(Timer.ANSWER));
      case Idle _,
          Opening _,
          Waiting _,
          Watching _,
          Grounded _,
          SignedOut _,
          Dismissed _,
          Closed _ ->
          Step.to(state);
    };
  }

  private Step fired(LinkState state, Timer timer) {
    var nothing = Step.to(state);
    return switch (timer) {
      case ATTEMPT -> state instanceof Waiting(var course) ? outage.open(course) : nothing;
      case ANSWER -> unanswered(state);
      case STABLE ->
          state instanceof Live(var course, var told)
              ? Step.to(new Live(course.stable(), told))
              : nothing;
      case POLL -> fallbackOf(state).isPresent() ? Step.to(state, new Poll()) : nothing;
      case PROBE -> outageOf(state).isPresent() ? Step.to(state, new Probe()) : nothing;
      case STATUS -> state instanceof Watching ? Step.to(state, new ReadStatus()) : nothing;
    };
  }

  private Step unanswered(LinkState state) {
    return switch (state) {
      case Opening(var course) -> outage.failed(course, null).after(new DropSocket());
      case Subscribing(var course) -> outage.failed(course, null).after(new DropSocket());
      case Live(var course, _) -> leftLive(outage.failed(course, null)).after(new DropSocket());
      case Idle _, Waiting _, Watching _, Grounded _, SignedOut _, Dismissed _, Closed _ ->
          Step.to(state);
    };
  }

  private Step lost(LinkState state, int code) {
    return switch (state) {
      case Opening(var course) -> outage.closed(course, code, null).after(new Cancel(Timer.ANSWER));
      case Subscribing(var course) ->
          outage.closed(course, code, null).after(new Cancel(Timer.ANSWER));
      case Live(var course, var told) -> leftLive(outage.closed(course, code, told));
      case Idle _, Waiting _, Watching _, Grounded _, SignedOut _, Dismissed _, Closed _ ->
          Step.to(state);
    };
  }

  private Step leftLive(Step step) {
    var calmed = step.after(new Cancel(Timer.ANSWER), new Cancel(Timer.STABLE));
    return outageOf(step.state()).isPresent() ? calmed.and(delays.firstProbe()) : calmed;
  }

  private Step polled(LinkState state, int failed) {
    var course = outageOf(state);
    var fallback = fallbackOf(state);
    if (course.isEmpty() || fallback.isEmpty()) {
      return Step.to(state);
    }
    int failures = failed == 0 ? 0 : fallback.get().failedPolls() + failed;
    var now = new Fallback(fallback.get().reason(), failures);
    return Step.to(with(state, course.get().withFallback(now)), delays.poll(failures));
  }

  /// A server that turns well gets an attempt at once; one that was well all along does not, or
  /// nothing would be left of the ladder.
  private Step probed(LinkState state, boolean well) {
    var outage = outageOf(state);
    if (outage.isEmpty()) {
      return Step.to(state);
    }
    var course = outage.get();
    boolean turnedWell = well && course.health() == Health.ILL;
    var told = course.withHealth(well ? Health.WELL : Health.ILL);
    var next = Step.to(with(state, told), delays.probe());
    if (!turnedWell) {
      return next;
    }
    var fallback = course.fallback();
    return woken(
        fallback != null && fallback.failedPolls() > 0 ? next.and(delays.soon(Timer.POLL)) : next);
  }

  private Step woken(Step step) {
    return switch (step.state()) {
      case Waiting _ -> step.and(delays.soon(Timer.ATTEMPT));
      case Watching _ -> step.and(delays.soon(Timer.STATUS));
      case Opening(var course) -> new Step(new Opening(course.withWake(true)), step.effects());
      case Subscribing(var course) ->
          new Step(new Subscribing(course.withWake(true)), step.effects());
      case Idle _, Live _, Grounded _, SignedOut _, Dismissed _, Closed _ -> step;
    };
  }
}
