package io.portfoliostream.client;

import io.portfoliostream.protocol.Shutdown;
import org.jspecify.annotations.Nullable;

/// Where a connection stands; finer than what [ConnectionState] shows.
sealed interface LinkState {
  /// Not started.
  record Idle() implements LinkState {}

  /// A socket is being opened; `welcome` has not come yet.
  record Opening(Course course) implements LinkState {}

  /// Welcomed; the answer to `subscribe` has not come yet.
  record Subscribing(Course course) implements LinkState {}

  /// Caught up.
  ///
  /// @param told when to come back, once the server announced that it goes away
  record Live(Course course, Shutdown.@Nullable Range told) implements LinkState {}

  /// No socket; the next attempt has its time.
  record Waiting(Course course) implements LinkState {}

  /// No socket and no attempts: real time is off, and only the flag is watched.
  record Watching(Course course) implements LinkState {}

  /// No socket and no attempts: the server ended the connection for our mistake.
  record Grounded(Course course) implements LinkState {}

  /// The session is no more.
  record SignedOut(String reason) implements LinkState {}

  /// The server wants this client to stay away.
  record Dismissed() implements LinkState {}

  /// The program closed the client.
  record Closed() implements LinkState {}

  /// What a connection remembers of its past while it comes and goes.
  ///
  /// @param failures attempts and connections that failed since the last stable one
  /// @param fresh whether it was never live and never failed
  /// @param health what the last probe of this outage said
  /// @param wake whether the server turned well while an attempt was running
  /// @param slowBefore whether it was closed as a slow consumer since the last stable connection
  /// @param fallback set while polling
  record Course(
      int failures,
      boolean fresh,
      Health health,
      boolean wake,
      boolean slowBefore,
      @Nullable Fallback fallback) {
    static final Course START = new Course(0, true, Health.UNKNOWN, false, false, null);

    Course failed() {
      return new Course(failures + 1, false, health, wake, slowBefore, fallback);
    }

    Course withHealth(Health value) {
      return new Course(failures, fresh, value, wake, slowBefore, fallback);
    }

    Course withWake(boolean value) {
      return new Course(failures, fresh, health, value, slowBefore, fallback);
    }

    Course withFallback(Fallback value) {
      return new Course(failures, false, health, wake, slowBefore, value);
    }

    Course slow() {
      return new Course(failures, false, health, wake, true, fallback);
    }

    /// As it is once connected: the outage is over, its failures count on until it is stable.
    Course live() {
      return new Course(failures, false, Health.UNKNOWN, false, slowBefore, null);
    }

    Course stable() {
      return new Course(0, false, Health.UNKNOWN, false, false, null);
    }
  }

  /// Polling.
  ///
  /// @param reason one of [FallbackReason]
  /// @param failedPolls in a row
  record Fallback(String reason, int failedPolls) {}

  /// What a probe said.
  enum Health {
    /// None came back yet.
    UNKNOWN,
    /// The server would take connections.
    WELL,
    /// It would not, or did not answer.
    ILL
  }
}
