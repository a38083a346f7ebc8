package io.portfoliostream.alpaca;

import java.time.Duration;

/// Limits of the calls made with one credential.
///
/// @param requestTimeout from sending to the last byte of the answer
/// @param readAttempts how often a read is tried in all
/// @param readBackoff pause between the tries of a read
/// @param maxWait longest wait of a read for our own bucket or for the end of a 429 before
///   [AlpacaException.RateLimited]
/// @param maxOrderWait the same for order entry: short, since the market moves on
/// @param maxAnswerBytes largest body that is read
public record RestPolicy(
    RequestRates rates,
    Duration requestTimeout,
    int readAttempts,
    Backoff readBackoff,
    Duration maxWait,
    Duration maxOrderWait,
    int maxAnswerBytes) {

  /// Checks the ranges.
  public RestPolicy {
    if (readAttempts <= 0 || maxAnswerBytes <= 0) {
      throw new IllegalArgumentException(
          "not positive: readAttempts %d, maxAnswerBytes %d"
              .formatted(readAttempts, maxAnswerBytes));
    }
    if (!requestTimeout.isPositive() || maxWait.isNegative() || maxOrderWait.isNegative()) {
      throw new IllegalArgumentException(
          "bad durations: requestTimeout %s, maxWait %s, maxOrderWait %s"
              .formatted(requestTimeout, maxWait, maxOrderWait));
    }
  }

  /// Limits that keep any minute below Alpaca's 200 requests.
  public static RestPolicy defaults() {
    return new RestPolicy(
        RequestRates.defaults(),
        Duration.ofSeconds(10),
        4,
        new Backoff(Duration.ofMillis(250), Duration.ofSeconds(4), 0.2),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        32 * 1024 * 1024);
  }

  /// The same policy with another timeout per request.
  public RestPolicy withRequestTimeout(Duration timeout) {
    return new RestPolicy(
        rates, timeout, readAttempts, readBackoff, maxWait, maxOrderWait, maxAnswerBytes);
  }

  /// The same policy with other rates.
  public RestPolicy withRates(RequestRates newRates) {
    return new RestPolicy(
        newRates, requestTimeout, readAttempts, readBackoff, maxWait, maxOrderWait, maxAnswerBytes);
  }

  Duration maxWait(Priority priority) {
    return switch (priority) {
      case ORDER -> maxOrderWait;
      case READ, BACKGROUND -> maxWait;
    };
  }
}
