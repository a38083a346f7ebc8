package io.portfoliostream.client;

import io.portfoliostream.protocol.Shutdown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What happens to a connection.
sealed interface ConnectionEvent {
  /// The program wants to be connected.
  record StartRequested() implements ConnectionEvent {}

  /// The user does not want to wait for the next attempt.
  record ReconnectRequested() implements ConnectionEvent {}

  /// The program has no more use for the client.
  record CloseRequested() implements ConnectionEvent {}

  /// A timer that an effect started ran out.
  record TimerFired(Timer timer) implements ConnectionEvent {}

  /// The socket is open and said `welcome`.
  record Welcomed() implements ConnectionEvent {}

  /// `subscribed` came and the replica is caught up.
  record Answered() implements ConnectionEvent {}

  /// The replica cannot go on without asking the server again.
  record AnswerNeeded() implements ConnectionEvent {}

  /// The server announced that it goes away.
  record ShutdownAnnounced(Shutdown.Range reconnectAfter) implements ConnectionEvent {}

  /// The upgrade was answered, but not with a connection.
  ///
  /// @param code of the problem, absent when the server did not say
  record Refused(int status, @Nullable String code, @Nullable Duration retryAfter)
      implements ConnectionEvent {}

  /// The connection ended, or could not be made at all.
  ///
  /// @param code of the close frame, [ConnectionMachine#ABNORMAL] without one
  record Lost(int code) implements ConnectionEvent {}

  /// A poll gave a portfolio.
  record Polled() implements ConnectionEvent {}

  /// A poll did not.
  record PollFailed() implements ConnectionEvent {}

  /// A REST call was refused because the session is no more.
  record SessionGone() implements ConnectionEvent {}

  /// A health probe came back.
  ///
  /// @param well whether the server answered and would take connections
  record Probed(boolean well) implements ConnectionEvent {}

  /// `GET /api/stream/status` came back.
  ///
  /// @param enabled whether real time is on for this user; false too when there was no answer
  record StatusRead(boolean enabled) implements ConnectionEvent {}

  /// What a machine waits for.
  enum Timer {
    /// The next attempt.
    ATTEMPT,
    /// The longest wait for the server's answer.
    ANSWER,
    /// A connection is called stable.
    STABLE,
    /// The next poll.
    POLL,
    /// The next health probe.
    PROBE,
    /// The next look at the real-time flag.
    STATUS
  }
}
