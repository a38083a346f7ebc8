package io.portfoliostream.server.market;

import static io.portfoliostream.server.market.Calendars.newYork;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketCalendarTest {
  private final MarketCalendar calendar = Calendars.calendar();

  /// 23 November 2026 is a Monday, the 26th is Thanksgiving.
  @ParameterizedTest
  @CsvSource({
    "23, 03:59:59, OVERNIGHT",
    "23, 04:00,    PRE",
    "23, 09:29:59, PRE",
    "23, 09:30,    CORE",
    "23, 15:59:59, CORE",
    "23, 16:00,    POST",
    "23, 19:59:59, POST",
    "23, 20:00,    OVERNIGHT",
    "25, 19:59:59, POST",
    "25, 20:00,    CLOSED",
    "26, 12:00,    CLOSED",
    "26, 20:00,    OVERNIGHT",
    "27, 12:59:59, CORE",
    "27, 13:00,    POST",
    "27, 17:00,    CLOSED",
    "27, 20:00,    CLOSED",
    "28, 12:00,    CLOSED",
    "29, 19:59:59, CLOSED",
    "29, 20:00,    OVERNIGHT"
  })
  void eachMomentHasItsSession(int day, String time, MarketSession session) {
    assertThat(calendar.at(newYork(day, time)))
        .get()
        .extracting(MarketHours::session)
        .isEqualTo(session);
  }

  @Test
  void theNextOpenAndCloseLeapOverAHolidayAndTellTheEarlyClose() {
    var hours = calendar.at(newYork(25, "16:00")).orElseThrow();

    assertThat(hours.since()).isEqualTo(newYork(25, "16:00"));
    assertThat(hours.nextOpen()).isEqualTo(newYork(27, "09:30"));
    assertThat(hours.nextClose()).isEqualTo(newYork(27, "13:00"));
    assertThat(hours.isOpen()).isFalse();
  }

  @Test
  void whileOpenTheNextCloseComesFirst() {
    var hours = calendar.at(newYork(27, "12:00")).orElseThrow();

    assertThat(hours.isOpen()).isTrue();
    assertThat(hours.nextClose()).isEqualTo(newYork(27, "13:00"));
    assertThat(hours.nextOpen()).isEqualTo(newYork(30, "09:30"));
  }

  @Test
  void theHoursOfNewYorkChangeWithTheSeason() {
    var summer = day(LocalDate.parse("2026-10-30"), LocalTime.of(16, 0));
    var winter = day(LocalDate.parse("2026-11-02"), LocalTime.of(16, 0));

    assertThat(summer.opensAt()).isEqualTo("2026-10-30T13:30:00Z");
    assertThat(winter.opensAt()).isEqualTo("2026-11-02T14:30:00Z");
  }

  @Test
  void beyondItsDaysItKnowsNothing() {
    assertThat(calendar.at(newYork(1, "12:00"))).isEmpty();
    assertThat(calendar.at(newYork(30, "12:00").plusSeconds(40 * 86_400L))).isEmpty();
    assertThat(new MarketCalendar(List.of()).at(newYork(23, "12:00"))).isEmpty();
  }

  @Test
  void hoursThatAreNotInOrderAreRefused() {
    assertThatThrownBy(() -> day(LocalDate.parse("2026-11-23"), LocalTime.of(9, 0)))
        .hasMessageContaining("2026-11-23");
  }

  private static TradingDay day(LocalDate date, LocalTime close) {
    return new TradingDay(
        date, LocalTime.of(4, 0), LocalTime.of(9, 30), close, LocalTime.of(20, 0));
  }
}
