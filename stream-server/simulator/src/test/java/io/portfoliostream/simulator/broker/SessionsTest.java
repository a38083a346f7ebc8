package io.portfoliostream.simulator.broker;

import static io.portfoliostream.simulator.testkit.Market.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.simulator.testkit.Market;
import io.portfoliostream.simulator.testkit.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Orders in the sessions of New York around Friday, 20 November 2026, when it is five hours behind
/// UTC.
class SessionsTest {
  private static final String PRE_MARKET = "2026-11-20T12:00:00Z";
  private static final String MORNING = "2026-11-20T15:00:00Z";
  private static final String EVENING = "2026-11-20T22:00:00Z";

  @Test
  void anOrderOutsideHoursIsAcceptedAndReachesTheMarketAtTheOpen() {
    var market = at(PRE_MARKET);
    var order = placed(market, Tickets.buy("KO", "1"));
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.ACCEPTED);
    market.passTo("2026-11-20T14:29:59Z");
    assertThat(market.events()).containsExactly("accepted");
    market.passTo("2026-11-20T14:30:02Z");
    assertThat(market.events()).containsExactly("new", "fill");
  }

  @Test
  void anOrderAfterTheCloseIsForTheNextTradingDay() {
    var market = at(EVENING);
    var order = placed(market, Tickets.buy("KO", "1").limit("1"));
    assertThat(market.order(order).expiresAt()).isEqualTo(Instant.parse("2026-11-23T21:00:00Z"));
    market.passTo("2026-11-23T14:30:00Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    market.passTo("2026-11-23T21:00:00Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(market.events()).containsExactly("accepted", "new", "expired");
  }

  @Test
  void anOrderThatIsGoodTillCanceledIsDoneForTheDayAndNewOnTheNext() {
    var market = at(MORNING);
    var order = placed(market, Tickets.buy("KO", "1").limit("1").in(TimeInForce.GTC));
    market.passTo("2026-11-20T21:00:00Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.DONE_FOR_DAY);
    market.passTo("2026-11-23T14:30:00Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    assertThat(market.events()).containsExactly("pending_new", "new", "done_for_day", "new");
    market.price("KO", "0.90");
    market.passTo("2026-11-23T14:30:02Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void anOrderThatIsDoneForTheDayDoesNotTradeOverNight() {
    var market = at(MORNING);
    var order = placed(market, Tickets.buy("KO", "1").limit("1").in(TimeInForce.GTC));
    market.passTo("2026-11-20T21:00:01Z");
    market.price("KO", "0.90");
    market.passTo("2026-11-20T22:00:00Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.DONE_FOR_DAY);
  }

  @Test
  void whatTheCalendarPlannedSurvivesARestart() {
    var market = at(MORNING);
    var order = placed(market, Tickets.buy("KO", "1").limit("1").in(TimeInForce.GTC));
    market.passTo("2026-11-20T20:00:00Z");
    var again = market.restarted();
    again.passTo("2026-11-20T21:00:00Z");
    assertThat(again.order(order).status()).isEqualTo(OrderStatus.DONE_FOR_DAY);
    var third = again.restarted();
    third.passTo("2026-11-23T14:30:00Z");
    assertThat(third.order(order).status()).isEqualTo(OrderStatus.NEW);
  }

  @Test
  void anExtendedOrderTradesBeforeTheOpenAndEndsWithTheAfterHours() {
    var market = at(PRE_MARKET);
    market.price("KO", "60.00");
    var fills = placed(market, Tickets.buy("KO", "1").limit("61").extended());
    var rests = placed(market, Tickets.buy("KO", "1").limit("50").extended());
    market.passTo("2026-11-20T12:00:05Z");
    assertThat(market.order(fills).status()).isEqualTo(OrderStatus.FILLED);
    market.passTo("2026-11-21T00:59:59Z");
    assertThat(market.order(rests).status()).isEqualTo(OrderStatus.NEW);
    market.passTo("2026-11-21T01:00:00Z");
    assertThat(market.order(rests).status()).isEqualTo(OrderStatus.EXPIRED);
  }

  @Test
  void aStopDoesNotTriggerOutsideTheRegularSession() {
    var market = at(MORNING);
    market.price("AAPL", "200.00");
    var order = placed(market, Tickets.sell("AAPL", "1").stop("190").in(TimeInForce.GTC));
    market.passTo("2026-11-20T21:30:00Z");
    market.price("AAPL", "180.00");
    market.price("AAPL", "200.00");
    market.passTo("2026-11-23T14:31:00Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    assertThat(market.order(order).trigger().pulled()).isFalse();
  }

  @Test
  void anImmediateOrderOutsideHoursIsCanceled() {
    var market = at(EVENING);
    var order = placed(market, Tickets.buy("KO", "1").limit("500").in(TimeInForce.IOC));
    market.passTo("2026-11-20T22:00:05Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.CANCELED);
  }

  @Test
  void anOrderForTheOpenTradesThereOrNotAtAll() {
    var market = at(PRE_MARKET);
    market.price("KO", "60.00");
    var fills = placed(market, Tickets.buy("KO", "7").in(TimeInForce.OPG));
    var fails = placed(market, Tickets.buy("KO", "7").limit("50").in(TimeInForce.OPG));
    market.passTo("2026-11-20T14:29:59Z");
    assertThat(market.order(fills).status()).isEqualTo(OrderStatus.ACCEPTED);
    market.passTo("2026-11-20T14:30:00Z");
    assertThat(market.order(fills).status()).isEqualTo(OrderStatus.FILLED);
    assertThat(market.order(fails).status()).isEqualTo(OrderStatus.CANCELED);
    assertThat(market.events())
        .containsExactly("accepted", "accepted", "new", "fill", "new", "canceled");
  }

  @Test
  void anOrderForTheCloseWaitsForIt() {
    var market = at(MORNING);
    market.price("KO", "60.00");
    var order = placed(market, Tickets.buy("KO", "7").in(TimeInForce.CLS));
    market.passTo("2026-11-20T20:59:59Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.NEW);
    market.passTo("2026-11-20T21:00:00Z");
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @ParameterizedTest
  @CsvSource({
    "OPG, 2026-11-20T14:27:59Z, true", "OPG, 2026-11-20T14:28:00Z, false",
    "OPG, 2026-11-20T23:59:59Z, false", "OPG, 2026-11-21T00:00:00Z, true",
    "CLS, 2026-11-20T20:49:59Z, true", "CLS, 2026-11-20T20:50:00Z, false",
    "CLS, 2026-11-21T00:00:00Z, true", "CLS, 2026-11-21T18:00:00Z, true",
    "CLS, 2026-11-27T17:50:00Z, false"
  })
  void anAuctionTakesOrdersOnlyInTime(TimeInForce tif, String now, boolean taken) {
    var market = at(now);
    var submission = market.submit(ALICE, Tickets.buy("KO", "1").in(tif).ticket());
    assertThat(submission instanceof Submission.Accepted).isEqualTo(taken);
  }

  @Test
  void aDayOrderAroundTheClockIsNewAtOnceAtNight() {
    var market = Market.quiet();
    market.passTo("2026-11-21T06:00:00Z");
    var order = placed(market, Tickets.buy("KO", "1"));
    market.passFill();
    assertThat(market.order(order).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void pricesOfStocksStandStillWhenTheMarketIsClosed() {
    var market = Market.livelyInSessions(Instant.parse("2026-11-21T15:00:00Z"));
    for (int step = 0; step < 10; step++) {
      market.pass(Duration.ofSeconds(30));
    }
    var ticks = market.exchange().drain().points();
    assertThat(ticks)
        .isNotEmpty()
        .allMatch(tick -> tick.symbol().contains("/") || tick.symbol().equals("FAKEPACA"));
  }

  private static Market at(String now) {
    return Market.inSessions(Instant.parse(now));
  }

  private static UUID placed(Market market, Tickets tickets) {
    return market.order(market.submit(ALICE, tickets.ticket())).id();
  }
}
