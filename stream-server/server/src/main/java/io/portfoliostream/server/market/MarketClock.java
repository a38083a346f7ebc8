package io.portfoliostream.server.market;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// When the market trades: by the broker's calendar, at the broker's time.
///
/// The session is computed here and costs no call. What was learnt stays while the broker is away.
/// Where the calendar and the broker's clock say different things of the same moment, the clock is
/// believed until the session that it speaks of ends: it knows of closures that no calendar
/// foresaw.
///
/// Safe for any number of threads.
public final class MarketClock {
  private static final System.Logger LOG = System.getLogger(MarketClock.class.getName());

  /// Beyond this the difference between the two clocks is logged.
  static final Duration TOLERATED = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final AtomicReference<Knowledge> known =
      new AtomicReference<>(new Knowledge(new MarketCalendar(List.of()), Duration.ZERO, null));

  private record Knowledge(MarketCalendar calendar, Duration skew, @Nullable ClockReading reading) {

    MarketHours hours(MarketHours planned, Instant now) {
      if (reading == null || !now.isBefore(reading.holdsUntil())) {
        return planned;
      }
      var then = calendar.at(reading.at());
      if (then.isEmpty() || then.get().isOpen() == reading.open()) {
        return planned;
      }
      var session = reading.open() ? MarketSession.CORE : closed(planned.session());
      return new MarketHours(session, Instant.EPOCH, reading.nextOpen(), reading.nextClose());
    }

    private static MarketSession closed(MarketSession planned) {
      return planned == MarketSession.CORE ? MarketSession.CLOSED : planned;
    }
  }

  /// Creates a clock that knows no calendar yet.
  public MarketClock(InstantSource clock) {
    this.clock = clock;
  }

  /// Takes in the broker's calendar, in place of an earlier one.
  public void learn(MarketCalendar calendar) {
    known.updateAndGet(before -> new Knowledge(calendar, before.skew(), before.reading()));
  }

  /// Takes in a reading of the broker's clock.
  ///
  /// @param askedAt our time before the call
  /// @param answeredAt our time after it
  public void learn(ClockReading reading, Instant askedAt, Instant answeredAt) {
    var middle = askedAt.plus(Duration.between(askedAt, answeredAt).dividedBy(2));
    var skew = Duration.between(middle, reading.at());
    var before =
        known.getAndUpdate(knowledge -> new Knowledge(knowledge.calendar(), skew, reading));
    if (isTooMuch(skew) != isTooMuch(before.skew())) {
      LOG.log(
          isTooMuch(skew) ? Level.WARNING : Level.INFO,
          "the broker''s clock is {0} ms ahead of ours",
          skew.toMillis());
    }
  }

  /// The market now; empty while no calendar reaches today.
  public Optional<MarketHours> now() {
    var knowledge = known.get();
    var now = clock.instant().plus(knowledge.skew());
    return knowledge.calendar().at(now).map(planned -> knowledge.hours(planned, now));
  }

  /// How far the broker's clock is ahead of ours; zero before the first reading.
  public Duration skew() {
    return known.get().skew();
  }

  private static boolean isTooMuch(Duration skew) {
    return skew.abs().compareTo(TOLERATED) > 0;
  }
}
