package io.portfoliostream.alpaca;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;

/// What an answer says about the rate limit; every header is optional and may be nonsense.
///
/// @param retryAfter from `Retry-After`, in seconds or as a date
/// @param untilReset from `X-RateLimit-Reset`, a unix time in seconds
/// @param remaining from `X-RateLimit-Remaining`
record RateHeaders(
    Optional<Duration> retryAfter, Optional<Duration> untilReset, OptionalLong remaining) {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  static RateHeaders of(HttpHeaders headers, Instant now) {
    var reset = number(headers, "X-RateLimit-Reset");
    return new RateHeaders(
        headers.firstValue("Retry-After").flatMap(value -> retryAfter(value, now)),
        reset.isEmpty()
            ? Optional.empty()
            : Optional.of(bounded(reset.getAsLong() - now.getEpochSecond())),
        number(headers, "X-RateLimit-Remaining"));
  }

  /// How long to stay silent after a 429, if it says so.
  Optional<Duration> pauseAfterRefusal() {
    if (retryAfter.isPresent() && untilReset.isPresent()) {
      var longer = retryAfter.get().compareTo(untilReset.get()) >= 0 ? retryAfter : untilReset;
      return longer;
    }
    return retryAfter.or(() -> untilReset);
  }

  /// How long to stay silent after a good answer that was the last one allowed.
  Optional<Duration> pauseWhenExhausted() {
    return remaining.isPresent() && remaining.getAsLong() == 0 ? untilReset : Optional.empty();
  }

  /// How long reads should stay silent so that what is left remains for order entry.
  ///
  /// @param reserved how many requests to leave
  Optional<Duration> pauseWhenNearlyExhausted(int reserved) {
    return remaining.isPresent() && remaining.getAsLong() <= reserved
        ? untilReset
        : Optional.empty();
  }

  /// Reads the value of a `Retry-After` header.
  static Optional<Duration> retryAfter(String value, Instant now) {
    var seconds = parse(value);
    if (seconds.isPresent()) {
      return Optional.of(bounded(seconds.getAsLong()));
    }
    try {
      var date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(bounded(date.toEpochSecond() - now.getEpochSecond()));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static OptionalLong number(HttpHeaders headers, String name) {
    return headers.firstValue(name).map(RateHeaders::parse).orElse(OptionalLong.empty());
  }

  private static OptionalLong parse(String value) {
    var text = value.strip();
    var isNumber =
        !text.isEmpty() && text.length() <= 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private static Duration bounded(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST.toSeconds()));
  }
}
