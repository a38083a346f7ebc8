package io.portfoliostream.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the portfolio on the screen relates to the server right now.
public sealed interface ConnectionState {
  /// The first attempt runs; nothing is known yet.
  ///
  /// @param attempt 1; every later attempt is [Reconnecting]
  record Connecting(int attempt) implements ConnectionState {}

  /// Connected, caught up, and every change arrives as it happens.
  record Live(Instant since) implements ConnectionState {
    /// Refuses a missing time.
    public Live {
      requireNonNull(since, "since");
    }
  }

  /// The connection is lost or was never made; what is on the screen is stale.
  ///
  /// @param attempt the number of the retry that comes next or runs, from 1
  /// @param nextAttemptAt when it starts; in the past while it runs
  record Reconnecting(int attempt, Instant nextAttemptAt) implements ConnectionState {
    /// Refuses a missing time.
    public Reconnecting {
      requireNonNull(nextAttemptAt, "nextAttemptAt");
    }
  }

  /// The backup connection: the portfolio is read every few seconds. Never to be shown as live.
  ///
  /// @param reason one of the words of [FallbackReason]
  record Polling(String reason, Instant since) implements ConnectionState {
    /// Refuses a field missing.
    public Polling {
      requireNonNull(reason, "reason");
      requireNonNull(since, "since");
    }
  }

  /// Neither the stream nor the backup connection answers.
  ///
  /// @param dataAsOf how old what is on the screen is; absent when nothing was ever read
  record Offline(@Nullable Instant dataAsOf) implements ConnectionState {}

  /// The session ended; only a new sign-in helps, with a new client.
  ///
  /// @param reason `unauthenticated` when the server refused the cookie, `session_ended` when it
  ///   ended the session while connected
  record SignedOut(String reason) implements ConnectionState {
    /// Refuses a missing reason.
    public SignedOut {
      requireNonNull(reason, "reason");
    }
  }

  /// Not started yet, closed by the program, or closed by the server for good: replaced by a newer
  /// connection of the same client, or ended normally.
  record Closed() implements ConnectionState {}
}
