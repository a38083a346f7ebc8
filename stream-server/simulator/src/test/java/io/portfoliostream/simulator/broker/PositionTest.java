package io.portfoliostream.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PositionTest {

  @Test
  void buyingMoreAveragesTheEntryPrice() {
    var position = flat().trade(d("10"), d("100")).trade(d("30"), d("104"));
    assertThat(position.qty()).isEqualByComparingTo("40");
    assertThat(position.averageEntryPrice()).isEqualByComparingTo("103");
    assertThat(position.costBasis()).isEqualByComparingTo("4120");
  }

  @Test
  void sellingLeavesTheEntryPriceAlone() {
    var position = flat().trade(d("10"), d("100")).trade(d("-4"), d("150"));
    assertThat(position.qty()).isEqualByComparingTo("6");
    assertThat(position.averageEntryPrice()).isEqualByComparingTo("100");
  }

  @Test
  void sellingEverythingLeavesNothing() {
    assertThat(flat().trade(d("10"), d("100")).trade(d("-10"), d("90")).isFlat()).isTrue();
  }

  @Test
  void aShortPositionIsNegativeAndGainsWhenThePriceFalls() {
    var position = flat().trade(d("-3"), d("100"));
    assertThat(position.isShort()).isTrue();
    assertThat(position.marketValue(d("90"))).isEqualByComparingTo("-270");
    assertThat(position.costBasis()).isEqualByComparingTo("-300");
    assertThat(position.unrealizedProfit(d("90"))).isEqualByComparingTo("30");
  }

  @Test
  void tradingThroughZeroStartsAnewAtTheNewPrice() {
    var position = flat().trade(d("2"), d("100")).trade(d("-5"), d("110"));
    assertThat(position.qty()).isEqualByComparingTo("-3");
    assertThat(position.averageEntryPrice()).isEqualByComparingTo("110");
  }

  /// The captured example: opened today at 737.91, previous close 738.18, price 737.99.
  @Test
  void whatWasOpenedTodayEarnsFromItsEntryOn() {
    var position = flat().trade(d("1"), d("737.91"));
    assertThat(position.intradayProfit(d("737.99"), d("738.18"))).isEqualByComparingTo("0.08");
    assertThat(position.intradayBase(d("738.18"))).isEqualByComparingTo("737.91");
  }

  /// The documented example: 5 shares held over night, 119 yesterday, 120 now.
  @Test
  void whatWasHeldOverNightEarnsFromTheCloseOn() {
    var position = Position.overnight("AAPL", d("5"), d("100"));
    assertThat(position.intradayProfit(d("120"), d("119"))).isEqualByComparingTo("5");
    assertThat(position.unrealizedProfit(d("120"))).isEqualByComparingTo("100");
  }

  @Test
  void bothPartsOfAMixedPositionCount() {
    var position = Position.overnight("AAPL", d("5"), d("100")).trade(d("5"), d("121"));
    assertThat(position.averageEntryPrice()).isEqualByComparingTo("110.5");
    // 5 * (120 - 119) from the close on, and 5 * (120 - 121) from the entry on.
    assertThat(position.intradayProfit(d("120"), d("119"))).isEqualByComparingTo("0");
    assertThat(position.intradayBase(d("119"))).isEqualByComparingTo("1200");
  }

  @Test
  void whatWasHeldOverNightIsSoldFirst() {
    var position =
        Position.overnight("AAPL", d("5"), d("100"))
            .trade(d("5"), d("121"))
            .trade(d("-7"), d("122"));
    assertThat(position.overnightQty()).isEqualByComparingTo("0");
    assertThat(position.todayQty()).isEqualByComparingTo("3");
    assertThat(position.intradayProfit(d("120"), d("119"))).isEqualByComparingTo("-3");
  }

  @Test
  void theNextDayEverythingIsHeldOverNight() {
    var position = flat().trade(d("3"), d("50")).overnight();
    assertThat(position.overnightQty()).isEqualByComparingTo("3");
    assertThat(position.todayQty()).isEqualByComparingTo("0");
    assertThat(position.averageEntryPrice()).isEqualByComparingTo("50");
  }

  private static Position flat() {
    return Position.flat("AAPL");
  }

  private static BigDecimal d(String value) {
    return new BigDecimal(value);
  }
}
