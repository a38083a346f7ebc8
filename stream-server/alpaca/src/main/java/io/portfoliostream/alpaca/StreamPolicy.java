package io.portfoliostream.alpaca;

import java.time.Duration;

/// The timing and bounds of a stream's connection.
///
/// @param backoff pauses between tries, without end
/// @param limitedPause shortest pause after a refusal for too many connections (HTTP 429, error
///   406), doubled with each further one in a row
/// @param handshakeTimeout from connecting to live
/// @param pingInterval between pings while live
/// @param missedPongs unanswered pings in a row after which the connection counts as dead
/// @param stableAfter time live after which earlier failures are forgotten
/// @param maxMessageBytes largest message that is assembled from fragments
/// @param authEnvelope form of the trading stream's authentication; an OAuth token always has its
///   own
public record StreamPolicy(
    Backoff backoff,
    Duration limitedPause,
    Duration handshakeTimeout,
    Duration pingInterval,
    int missedPongs,
    Duration stableAfter,
    int maxMessageBytes,
    AuthEnvelope authEnvelope) {

  /// Checks the ranges.
  public StreamPolicy {
    if (!limitedPause.isPositive()
        || !handshakeTimeout.isPositive()
        || !pingInterval.isPositive()
        || !stableAfter.isPositive()) {
      throw new IllegalArgumentException(
          "bad durations: limitedPause %s, handshakeTimeout %s, pingInterval %s, stableAfter %s"
              .formatted(limitedPause, handshakeTimeout, pingInterval, stableAfter));
    }
    if (missedPongs <= 0 || maxMessageBytes <= 0) {
      throw new IllegalArgumentException(
          "not positive: missedPongs %d, maxMessageBytes %d"
              .formatted(missedPongs, maxMessageBytes));
    }
  }

  /// 1 s doubling to 30 s ±20 %, from 5 s after a 429, a ping every 10 s, dead after 2 without a
  /// pong.
  public static StreamPolicy defaults() {
    return new StreamPolicy(
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        2,
        Duration.ofSeconds(10),
        4 * 1024 * 1024,
        AuthEnvelope.CLASSIC);
  }

  /// The pauses after refusals for too many connections: from the limited pause to the same
  /// ceiling.
  Backoff limitedBackoff() {
    var ceiling = limitedPause.compareTo(backoff.ceiling()) > 0 ? limitedPause : backoff.ceiling();
    return new Backoff(limitedPause, ceiling, backoff.jitter());
  }

  /// The same policy with other pauses between tries.
  public StreamPolicy withBackoff(Backoff newBackoff, Duration newLimitedPause) {
    return new StreamPolicy(
        newBackoff,
        newLimitedPause,
        handshakeTimeout,
        pingInterval,
        missedPongs,
        stableAfter,
        maxMessageBytes,
        authEnvelope);
  }

  /// The same policy with the other form of authentication.
  public StreamPolicy withAuthEnvelope(AuthEnvelope envelope) {
    return new StreamPolicy(
        backoff,
        limitedPause,
        handshakeTimeout,
        pingInterval,
        missedPongs,
        stableAfter,
        maxMessageBytes,
        envelope);
  }
}
