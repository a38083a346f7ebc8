package io.portfoliostream.client;

import io.portfoliostream.client.ConnectionEvent.Refused;
import io.portfoliostream.client.ConnectionEvent.Timer;
import io.portfoliostream.client.ConnectionMachine.Step;
import io.portfoliostream.client.Effect.Cancel;
import io.portfoliostream.client.Effect.CountFallback;
import io.portfoliostream.client.Effect.GoQuiet;
import io.portfoliostream.client.Effect.OpenSocket;
import io.portfoliostream.client.LinkState.Course;
import io.portfoliostream.client.LinkState.Dismissed;
import io.portfoliostream.client.LinkState.Fallback;
import io.portfoliostream.client.LinkState.Grounded;
import io.portfoliostream.client.LinkState.Opening;
import io.portfoliostream.client.LinkState.SignedOut;
import io.portfoliostream.client.LinkState.Waiting;
import io.portfoliostream.client.LinkState.Watching;
import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.protocol.Shutdown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What follows when a [ConnectionMachine] has no connection: try again, poll, or give up.
final class OutageRules {
  static final String UNAUTHENTICATED = ProblemCode.UNAUTHENTICATED.wireName();
  static final String SESSION_ENDED = "session_ended";

  private final int attempts;
  private final Delays delays;

  OutageRules(int attempts, Delays delays) {
    this.attempts = attempts;
    this.delays = delays;
  }

  Step open(Course course) {
    return Step.to(
        new Opening(course.withWake(false)),
        new Cancel(Timer.ATTEMPT),
        new OpenSocket(),
        delays.answer());
  }

  /// An attempt or a connection failed, and another one may help.
  Step failed(Course before, @Nullable Duration retryAfter) {
    var course = before.failed().withWake(false);
    if (course.fallback() == null && course.failures() > attempts) {
      course = course.withFallback(new Fallback(FallbackReason.ATTEMPTS_EXHAUSTED, 0));
    }
    var next = polling(before, new Waiting(course), course.fallback());
    if (before.wake()) {
      return next.and(delays.soon(Timer.ATTEMPT));
    }
    return next.and(
        course.fallback() == null
            ? delays.retry(course.failures(), retryAfter)
            : delays.slowAttempt(retryAfter));
  }

  /// The upgrade was answered with something else than a connection.
  Step refused(Course course, Refused refused) {
    if (refused.status() == ProblemCode.UNAUTHENTICATED.status()) {
      return signedOut(UNAUTHENTICATED);
    }
    var code = refused.code();
    if (ProblemCode.REALTIME_DISABLED.wireName().equals(code)) {
      return watch(course);
    }
    if (ProblemCode.CONNECTION_LIMIT.wireName().equals(code)) {
      return limited(course, refused.retryAfter());
    }
    return failed(course, refused.retryAfter());
  }

  /// The connection was closed with `code`.
  ///
  /// @param told when to come back, where the server told it before
  Step closed(Course course, int code, Shutdown.@Nullable Range told) {
    if (code == CloseCode.SESSION_ENDED.code()) {
      return signedOut(SESSION_ENDED);
    }
    if (code == CloseCode.NORMAL.code() || code == CloseCode.REPLACED.code()) {
      return Step.to(new Dismissed(), new GoQuiet());
    }
    if (code == CloseCode.REALTIME_DISABLED.code()) {
      return watch(course);
    }
    if (CloseCode.isTerminal(code)) {
      return ground(course);
    }
    if (code == CloseCode.SLOW_CONSUMER.code() && !course.slowBefore()) {
      return open(course.slow());
    }
    if (told != null) {
      return Step.to(new Waiting(course.failed()), Delays.told(told));
    }
    return failed(course, null);
  }

  static Step signedOut(String reason) {
    return Step.to(new SignedOut(reason), new GoQuiet());
  }

  private Step limited(Course before, @Nullable Duration retryAfter) {
    var fallback = fallback(before, FallbackReason.CONNECTION_LIMIT);
    var course = before.failed().withWake(false).withFallback(fallback);
    return polling(before, new Waiting(course), fallback).and(delays.slowAttempt(retryAfter));
  }

  private Step watch(Course before) {
    var fallback = fallback(before, FallbackReason.REALTIME_DISABLED);
    var course = before.withWake(false).withFallback(fallback);
    return polling(before, new Watching(course), fallback).and(delays.status());
  }

  private Step ground(Course before) {
    var fallback = fallback(before, FallbackReason.PROTOCOL_ERROR);
    var course = before.failed().withWake(false).withFallback(fallback);
    return polling(before, new Grounded(course), fallback);
  }

  private static Fallback fallback(Course before, String reason) {
    var running = before.fallback();
    return new Fallback(reason, running == null ? 0 : running.failedPolls());
  }

  /// Enters `state`, starts to poll where `before` did not, and counts a new reason to poll.
  private Step polling(Course before, LinkState state, @Nullable Fallback fallback) {
    var step = Step.to(state);
    if (fallback == null) {
      return step;
    }
    var running = before.fallback();
    if (running == null) {
      return step.and(delays.firstPoll(), new CountFallback(fallback.reason()));
    }
    return running.reason().equals(fallback.reason())
        ? step
        : step.and(new CountFallback(fallback.reason()));
  }
}
