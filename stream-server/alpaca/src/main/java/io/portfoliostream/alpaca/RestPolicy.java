package io.portfoliostream.alpaca;

import java.time.Duration;

/// Limits of the calls made with one credential.
///
/// @param tradingPerMinute sustained rate on the trading host; with the burst it must stay below
///   Alpaca's 200
/// @param dataPerMinute sustained rate on the market data host
/// @param burst requests that may go at once after a rest
/// @param reservedForOrders part of the burst that reads leave to order entry
/// @param requestTimeout from sending to the last byte of the answer
/// @param readAttempts how often a read is tried in all
/// @param readBackoff pause between the tries of a read
/// @param maxWait longest wait for our own bucket or for the end of a 429 before
///   [AlpacaException.RateLimited]
/// @param maxAnswerBytes largest body that is read
public record RestPolicy(
    int tradingPerMinute,
    int dataPerMinute,
    int burst,
    int reservedForOrders,
    Duration requestTimeout,
    int readAttempts,
    Backoff readBackoff,
    Duration maxWait,
    int maxAnswerBytes) {

  /// Checks the ranges.
  public RestPolicy {
    requirePositive("tradingPerMinute", tradingPerMinute);
    requirePositive("dataPerMinute", dataPerMinute);
    requirePositive("burst", burst);
    requirePositive("readAttempts", readAttempts);
    requirePositive("maxAnswerBytes", maxAnswerBytes);
    if (reservedForOrders < 0 || reservedForOrders >= burst) {
      throw new IllegalArgumentException(
          "reservedForOrders must be at least 0 and below burst: " + reservedForOrders);
    }
    if (!requestTimeout.isPositive() || maxWait.isNegative()) {
      throw new IllegalArgumentException(
          "bad durations: requestTimeout %s, maxWait %s".formatted(requestTimeout, maxWait));
    }
  }

  /// Limits that keep any minute below Alpaca's 200 requests.
  public static RestPolicy defaults() {
    return new RestPolicy(
        170,
        170,
        20,
        5,
        Duration.ofSeconds(10),
        4,
        new Backoff(Duration.ofMillis(250), Duration.ofSeconds(4), 0.2),
        Duration.ofSeconds(30),
        32 * 1024 * 1024);
  }

  /// The same policy with another timeout per request.
  public RestPolicy withRequestTimeout(Duration timeout) {
    return new RestPolicy(
        tradingPerMinute,
        dataPerMinute,
        burst,
        reservedForOrders,
        timeout,
        readAttempts,
        readBackoff,
        maxWait,
        maxAnswerBytes);
  }

  /// The same policy with other sustained rates.
  public RestPolicy withRates(int newTradingPerMinute, int newDataPerMinute) {
    return new RestPolicy(
        newTradingPerMinute,
        newDataPerMinute,
        burst,
        reservedForOrders,
        requestTimeout,
        readAttempts,
        readBackoff,
        maxWait,
        maxAnswerBytes);
  }

  private static void requirePositive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is not positive: " + value);
    }
  }
}
