package io.portfoliostream.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01", "2026-01-19", "2026-02-16", "2026-04-03", "2026-05-25", "2026-06-19",
        "2026-07-03", "2026-09-07", "2026-11-26", "2026-12-25", "2027-03-26", "2027-07-05",
        "2027-12-24"
      })
  void theMarketIsClosedOnAHoliday(String date) {
    assertThat(TradingCalendar.session(LocalDate.parse(date))).isEmpty();
  }

  @Test
  void theMarketIsOpenOnTheLastDayOfAYearBeforeASaturdayNewYear() {
    assertThat(TradingCalendar.session(LocalDate.parse("2027-12-31"))).isPresent();
  }

  @Test
  void theDayAfterThanksgivingClosesAtOne() {
    var session = TradingCalendar.session(LocalDate.parse("2026-11-27")).orElseThrow();
    assertThat(session.close()).isEqualTo(LocalTime.of(13, 0));
  }

  @Test
  void theCloseFollowsNewYorkTimeThroughTheYear() {
    assertThat(TradingCalendar.nextClose(Instant.parse("2026-11-20T15:00:00Z")))
        .isEqualTo("2026-11-20T21:00:00Z");
    assertThat(TradingCalendar.nextClose(Instant.parse("2026-07-20T15:00:00Z")))
        .isEqualTo("2026-07-20T20:00:00Z");
  }

  @Test
  void aFridaysTradeSettlesOnMonday() {
    assertThat(TradingCalendar.nextTradingDay(LocalDate.parse("2026-11-20")))
        .isEqualTo("2026-11-23");
  }

  @Test
  void theLastClosedDayOfASundayIsFriday() {
    assertThat(TradingCalendar.lastClosedDay(Instant.parse("2026-11-22T15:00:00Z")))
        .isEqualTo("2026-11-20");
    assertThat(TradingCalendar.lastClosedDay(Instant.parse("2026-11-20T15:00:00Z")))
        .isEqualTo("2026-11-19");
    assertThat(TradingCalendar.lastClosedDay(Instant.parse("2026-11-20T21:00:00Z")))
        .isEqualTo("2026-11-20");
  }
}
