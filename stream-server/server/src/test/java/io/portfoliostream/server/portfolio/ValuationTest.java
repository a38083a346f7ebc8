package io.portfoliostream.server.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The formulas of the broker's documentation, on its own examples.
class ValuationTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static BigDecimal d(String text) {
    return new BigDecimal(text);
  }

  private static Position position(String quantity, String entry, @Nullable String dayCost) {
    return new Position(
        "AAPL", d(quantity), d(entry), dayCost == null ? null : d(dayCost), null, NOON, NOON);
  }

  @Test
  void aLongPositionIsWorthQuantityTimesPrice() {
    var five = position("5", "100", "595");

    assertThat(Valuation.marketValue(five, d("120"))).isEqualTo("600.00");
    assertThat(Valuation.unrealized(five, d("120"))).isEqualTo("100.00");
    assertThat(Valuation.unrealizedPercent(five, d("120"))).isEqualTo("20.00");
  }

  /// Five shares held overnight, last close 119, now 120: intraday profit 5.00.
  @Test
  void theDaysProfitOfAnOvernightPositionCountsFromTheLastClose() {
    var five = position("5", "100", "595");

    assertThat(Valuation.dayProfit(five, d("120"))).isEqualTo("5.00");
    assertThat(Valuation.dayProfitPercent(five, d("120"))).isEqualTo("0.84");
  }

  /// Captured on paper: opened today at 737.91, last close 738.18, now 737.99: profit 0.08.
  @Test
  void theDaysProfitOfAPositionOpenedTodayCountsFromItsEntry() {
    var bought =
        Position.none("SPY", NOON)
            .after(PositionTest.execution(Side.BUY, "1", "737.91", null), null, NOON);

    assertThat(Valuation.dayProfit(bought, d("737.99"))).isEqualTo("0.08");
    assertThat(Valuation.unrealized(bought, d("737.99"))).isEqualTo("0.08");
  }

  @Test
  void aShortPositionGainsWhenThePriceFalls() {
    var sold = position("-10", "50", null);

    assertThat(Valuation.marketValue(sold, d("45"))).isEqualTo("-450.00");
    assertThat(Valuation.unrealized(sold, d("45"))).isEqualTo("50.00");
    assertThat(Valuation.unrealizedPercent(sold, d("45"))).isEqualTo("10.00");
    assertThat(Valuation.dayProfit(sold, d("45"))).isNull();
  }

  /// The account of the documentation: cash 22000.5, long market value 81820.06, last equity
  /// 103529.24.
  @Test
  void equityIsCashPlusMarketValueAndTheDaysProfitLeavesFlowsOut() {
    var account = new Account(d("22000.5"), d("262113.632"), d("103529.24"), d("100"), NOON);
    var held = position("1", "80000", null);

    var equity = Valuation.equity(account, List.of(held), _ -> d("81820.06"));

    assertThat(equity).isEqualTo("103820.56");
    assertThat(Valuation.dayProfit(account, equity)).isEqualTo("191.32");
    assertThat(Valuation.dayProfitPercent(account, equity)).isEqualTo("0.18");
  }

  @Test
  void nothingPaidIsNoPercentage() {
    assertThat(Valuation.unrealizedPercent(position("5", "0", null), d("1"))).isEqualTo("0.00");
  }
}
