package io.portfoliostream.server.market;

import static io.portfoliostream.server.market.Calendars.newYork;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarketClockTest {
  private final ManualClock time = new ManualClock(newYork(23, "09:29:58"));
  private final MarketClock clock = new MarketClock(time);

  @Test
  void withoutACalendarTheSessionIsNotGuessed() {
    assertThat(clock.now()).isEmpty();
  }

  @Test
  void theSessionIsComputedAtTheBrokersTime() {
    clock.learn(Calendars.calendar());
    assertThat(clock.now()).get().extracting(MarketHours::session).isEqualTo(MarketSession.PRE);

    var asked = time.instant();
    time.advance(Duration.ofMillis(200));
    clock.learn(
        reading(false, asked.plusMillis(3_100), newYork(23, "09:30"), newYork(23, "16:00")),
        asked,
        time.instant());

    assertThat(clock.skew()).isEqualTo(Duration.ofSeconds(3));
    assertThat(clock.now()).get().extracting(MarketHours::session).isEqualTo(MarketSession.CORE);
  }

  @Test
  void aClosureThatNoCalendarForesawIsBelievedUntilItsEnd() {
    clock.learn(Calendars.calendar());
    time.advance(Duration.ofHours(1));

    tell(reading(false, time.instant(), newYork(24, "09:30"), newYork(24, "16:00")));

    var hours = clock.now().orElseThrow();
    assertThat(hours.session()).isEqualTo(MarketSession.CLOSED);
    assertThat(hours.isOpen()).isFalse();
    assertThat(hours.nextOpen()).isEqualTo(newYork(24, "09:30"));
    time.advance(Duration.ofDays(1));
    assertThat(clock.now()).get().extracting(MarketHours::isOpen).isEqualTo(true);
  }

  @Test
  void aBrokerThatTradesAroundTheClockIsOpenAtNight() {
    clock.learn(Calendars.calendar());
    time.advance(Duration.ofHours(14));

    tell(reading(true, time.instant(), newYork(24, "09:30"), newYork(24, "16:00")));

    assertThat(clock.now()).get().extracting(MarketHours::isOpen).isEqualTo(true);
  }

  @Test
  void aReadingThatAgreesDoesNotOutliveTheSession() {
    clock.learn(Calendars.calendar());
    tell(reading(false, time.instant(), newYork(23, "09:30"), newYork(23, "16:00")));

    time.advance(Duration.ofHours(1));
    assertThat(clock.now()).get().extracting(MarketHours::isOpen).isEqualTo(true);

    time.advance(Duration.ofHours(6));
    assertThat(clock.now()).get().extracting(MarketHours::session).isEqualTo(MarketSession.POST);
  }

  private void tell(ClockReading reading) {
    clock.learn(reading, time.instant(), time.instant());
  }

  private static ClockReading reading(
      boolean open, Instant at, Instant nextOpen, Instant nextClose) {
    return new ClockReading(at, open, nextOpen, nextClose);
  }
}
