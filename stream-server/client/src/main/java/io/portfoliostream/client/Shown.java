package io.portfoliostream.client;

import io.portfoliostream.client.ConnectionState.Closed;
import io.portfoliostream.client.ConnectionState.Connecting;
import io.portfoliostream.client.ConnectionState.Live;
import io.portfoliostream.client.ConnectionState.Offline;
import io.portfoliostream.client.ConnectionState.Polling;
import io.portfoliostream.client.ConnectionState.Reconnecting;
import io.portfoliostream.client.ConnectionState.SignedOut;
import io.portfoliostream.client.LinkState.Course;
import java.time.Instant;
import java.util.Optional;

/// The times that a [ConnectionState] shows beside what the [LinkState] knows.
///
/// @param attemptAt when the attempt that runs, or comes next, starts
record Shown(Instant attemptAt, Instant liveSince, Instant pollingSince) {
  /// Polls that fail in a row before the client calls itself offline.
  private static final int POLLS_TO_OFFLINE = 2;

  Shown withAttemptAt(Instant value) {
    return new Shown(value, liveSince, pollingSince);
  }

  /// The times once `after` was entered from `before`.
  Shown entered(LinkState before, LinkState after, Instant now) {
    boolean live = after instanceof LinkState.Live && !(before instanceof LinkState.Live);
    boolean polls =
        ConnectionMachine.fallbackOf(after).isPresent()
            && ConnectionMachine.fallbackOf(before).isEmpty();
    return new Shown(attemptAt, live ? now : liveSince, polls ? now : pollingSince);
  }

  /// What the program sees of `state`.
  ConnectionState of(LinkState state, Optional<Instant> dataAsOf) {
    return switch (state) {
      case LinkState.Idle _, LinkState.Dismissed _, LinkState.Closed _ -> new Closed();
      case LinkState.Live _ -> new Live(liveSince);
      case LinkState.SignedOut(var reason) -> new SignedOut(reason);
      case LinkState.Opening(var course) -> outage(course, dataAsOf);
      case LinkState.Subscribing(var course) -> outage(course, dataAsOf);
      case LinkState.Waiting(var course) -> outage(course, dataAsOf);
      case LinkState.Watching(var course) -> outage(course, dataAsOf);
      case LinkState.Grounded(var course) -> outage(course, dataAsOf);
    };
  }

  private ConnectionState outage(Course course, Optional<Instant> dataAsOf) {
    var fallback = course.fallback();
    if (fallback != null) {
      return fallback.failedPolls() >= POLLS_TO_OFFLINE
          ? new Offline(dataAsOf.orElse(null))
          : new Polling(fallback.reason(), pollingSince);
    }
    return course.fresh()
        ? new Connecting(1)
        : new Reconnecting(Math.max(1, course.failures()), attemptAt);
  }
}
