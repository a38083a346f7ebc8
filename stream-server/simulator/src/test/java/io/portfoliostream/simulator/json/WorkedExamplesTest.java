package io.portfoliostream.simulator.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.simulator.broker.AccountSheet;
import io.portfoliostream.simulator.broker.Position;
import io.portfoliostream.simulator.market.Bar;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.Mark;
import io.portfoliostream.simulator.market.Quote;
import io.portfoliostream.simulator.market.Tick;
import io.portfoliostream.simulator.testkit.Market;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/// The figures of the broker's own examples and captures, to the cent.
class WorkedExamplesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");

  /// Documented: cash 22000.5 and 81820.06 in positions that bind 63480.38.
  @Test
  void theAccountOfTheDocumentation() {
    var account = account(sheet("22000.5", "81820.06", "63480.38", "38000.832", 2));
    assertThat(account.path("cash").asText()).isEqualTo("22000.5");
    assertThat(account.path("equity").asText()).isEqualTo("103820.56");
    assertThat(account.path("portfolio_value").asText()).isEqualTo("103820.56");
    assertThat(account.path("long_market_value").asText()).isEqualTo("81820.06");
    assertThat(account.path("short_market_value").asText()).isEqualTo("0");
    assertThat(account.path("regt_buying_power").asText()).isEqualTo("80680.36");
    assertThat(account.path("buying_power").asText()).isEqualTo("80680.36");
    assertThat(account.path("options_buying_power").asText()).isEqualTo("40340.18");
    assertThat(account.path("non_marginable_buying_power").asText()).isEqualTo("22000.5");
    assertThat(account.path("last_equity").asText()).isEqualTo("103529.24");
    assertThat(account.path("balance_asof").asText()).isEqualTo("2026-11-19");
  }

  /// Documented: 4 * (103529.24 - 38000.832) = 262113.632, where the equity has not moved since.
  @Test
  void theIntradayBuyingPowerOfTheDocumentation() {
    var sheet = sheet("103529.24", "0", "0", "38000.832", 4);
    assertThat(sheet.buyingPower()).isEqualByComparingTo("262113.632");
    assertThat(account(sheet).path("buying_power").asText()).isEqualTo("262113.63");
    assertThat(account(sheet).path("multiplier").asText()).isEqualTo("2");
  }

  /// Captured: a fresh paper account of 100,000 dollars has 400,000 to spend.
  @Test
  void theFreshPaperAccountOfTheCapture() {
    var sheet = sheet("100000", "0", "0", "0", 4);
    assertThat(account(sheet).path("buying_power").asText()).isEqualTo("400000");
  }

  /// Captured: one share bought today at 737.91, at 737.99 after a close of 738.18.
  @Test
  void thePositionOfTheCapture() {
    var bought = new Position("SPY", d("1"), d("737.91"), BigDecimal.ZERO, d("737.91"));
    var position = position(bought, "737.99", "738.18");
    assertThat(position.path("market_value").asText()).isEqualTo("737.99");
    assertThat(position.path("cost_basis").asText()).isEqualTo("737.91");
    assertThat(position.path("unrealized_pl").asText()).isEqualTo("0.08");
    assertThat(position.path("unrealized_intraday_pl").asText()).isEqualTo("0.08");
    assertThat(position.path("unrealized_plpc").asText()).startsWith("0.000108");
    assertThat(position.path("change_today").asText()).startsWith("-0.000257");
  }

  /// Documented: five shares at 120 that closed at 119 and cost 100.
  @Test
  void thePositionOfTheDocumentation() {
    var position = position(Position.overnight("SPY", d("5"), d("100")), "120", "119");
    assertThat(position.path("market_value").asText()).isEqualTo("600");
    assertThat(position.path("cost_basis").asText()).isEqualTo("500");
    assertThat(position.path("unrealized_pl").asText()).isEqualTo("100");
    assertThat(position.path("unrealized_plpc").asText()).isEqualTo("0.2");
    assertThat(position.path("unrealized_intraday_pl").asText()).isEqualTo("5");
    assertThat(position.path("unrealized_intraday_plpc").asText()).isEqualTo("0.0084033613");
    assertThat(position.path("change_today").asText()).isEqualTo("0.0084033613");
  }

  /// The same position when it is owed: every value but the price's own change turns its sign.
  @Test
  void aShortPositionHasNegativeValueAndCost() {
    var position = position(Position.overnight("SPY", d("-5"), d("100")), "120", "119");
    assertThat(position.path("side").asText()).isEqualTo("short");
    assertThat(position.path("market_value").asText()).isEqualTo("-600");
    assertThat(position.path("cost_basis").asText()).isEqualTo("-500");
    assertThat(position.path("unrealized_pl").asText()).isEqualTo("-100");
    assertThat(position.path("unrealized_plpc").asText()).isEqualTo("-0.2");
    assertThat(position.path("unrealized_intraday_pl").asText()).isEqualTo("-5");
    assertThat(position.path("change_today").asText()).isEqualTo("0.0084033613");
  }

  private static JsonNode account(AccountSheet sheet) {
    return AccountJson.of(Market.quiet().alice(), sheet, true, LocalDate.parse("2026-11-19"));
  }

  private static JsonNode position(Position position, String price, String close) {
    var listing = Listings.of(30).find("SPY").orElseThrow();
    var quote = new Quote(d(price).subtract(d("0.01")), 1, d(price).add(d("0.01")), 1);
    var tick = new Tick("SPY", listing.venue(), 1, d(price), 1, quote, NOW);
    var bar = Bar.flat(NOW, d(price));
    return PositionJson.of(
        position, Market.quiet().alice(), listing, new Mark(tick, d(close), bar, bar, bar));
  }

  private static AccountSheet sheet(
      String cash, String longValue, String initial, String maintenance, int multiplier) {
    return new AccountSheet(
        d(cash),
        d("103529.24"),
        d(longValue),
        BigDecimal.ZERO,
        d(initial),
        d(maintenance),
        d("38000.832"),
        BigDecimal.ZERO,
        multiplier);
  }

  private static BigDecimal d(String value) {
    return new BigDecimal(value);
  }
}
