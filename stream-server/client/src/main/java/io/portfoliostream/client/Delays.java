package io.portfoliostream.client;

import io.portfoliostream.client.ConnectionEvent.Timer;
import io.portfoliostream.client.Effect.Hasten;
import io.portfoliostream.client.Effect.Schedule;
import io.portfoliostream.protocol.Shutdown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The waits of a [ConnectionMachine], each as a range for chance to choose from.
final class Delays {
  private static final Duration LONGEST_TOLD = Duration.ofSeconds(60);

  private final ClientSettings.Retry retry;
  private final ClientSettings.Fallback polling;

  Delays(ClientSettings settings) {
    this.retry = settings.retry();
    this.polling = settings.fallback();
  }

  /// Before retry number `retries`: random in [base/2, base], so that clients that were cut off
  /// together do not come back together; later where the server asked for it.
  Schedule retry(int retries, @Nullable Duration retryAfter) {
    var base = retry.base(retries);
    return notBefore(retryAfter, new Schedule(Timer.ATTEMPT, base.dividedBy(2), base));
  }

  /// Before the next attempt while polling.
  Schedule slowAttempt(@Nullable Duration retryAfter) {
    return notBefore(retryAfter, around(Timer.ATTEMPT, polling.attempt()));
  }

  /// The range that a server told when it went away.
  static Schedule told(Shutdown.Range range) {
    return new Schedule(
        Timer.ATTEMPT,
        bounded(Duration.ofMillis(range.min())),
        bounded(Duration.ofMillis(range.max())));
  }

  /// The longest wait for an answer.
  Schedule answer() {
    return new Schedule(Timer.ANSWER, retry.attemptTimeout(), retry.attemptTimeout());
  }

  Schedule stable() {
    return new Schedule(Timer.STABLE, retry.stableAfter(), retry.stableAfter());
  }

  /// The first poll comes after a random part of the interval.
  Schedule firstPoll() {
    return new Schedule(Timer.POLL, Duration.ZERO, polling.poll());
  }

  /// The poll after `failed` failed ones in a row.
  Schedule poll(int failed) {
    var interval = polling.poll();
    for (int i = 1; i < failed && interval.compareTo(polling.slowestPoll()) < 0; i++) {
      interval = interval.multipliedBy(2);
    }
    return around(
        Timer.POLL,
        interval.compareTo(polling.slowestPoll()) > 0 ? polling.slowestPoll() : interval);
  }

  /// The first probe of an outage comes soon, so that even a short one is noticed.
  Schedule firstProbe() {
    return new Schedule(Timer.PROBE, Duration.ZERO, retry.healthProbe().dividedBy(4));
  }

  Schedule probe() {
    return around(Timer.PROBE, retry.healthProbe());
  }

  Schedule status() {
    return around(Timer.STATUS, polling.statusPoll());
  }

  /// Within moments, but not all clients at once.
  Hasten soon(Timer timer) {
    return new Hasten(timer, Duration.ZERO, retry.wakeWithin());
  }

  private static Schedule notBefore(@Nullable Duration asked, Schedule usual) {
    if (asked == null || bounded(asked).compareTo(usual.min()) <= 0) {
      return usual;
    }
    var min = bounded(asked);
    return new Schedule(usual.timer(), min, min.plus(usual.max().minus(usual.min())));
  }

  private static Schedule around(Timer timer, Duration interval) {
    var tenth = interval.dividedBy(10);
    return new Schedule(timer, interval.minus(tenth), interval.plus(tenth));
  }

  private static Duration bounded(Duration told) {
    return told.compareTo(LONGEST_TOLD) > 0 ? LONGEST_TOLD : told;
  }
}
