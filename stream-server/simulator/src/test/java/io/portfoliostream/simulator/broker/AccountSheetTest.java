package io.portfoliostream.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountSheetTest {

  /// The broker's documented example: equity 103820.56, initial margin 63480.38.
  @Test
  void overnightBuyingPowerIsTwiceTheFreeEquity() {
    var sheet = sheet("22000.5", "81820.06", "0", "63480.38", "38000.832", "0", 2);
    assertThat(sheet.equity()).isEqualByComparingTo("103820.56");
    assertThat(sheet.overnightBuyingPower()).isEqualByComparingTo("80680.36");
    assertThat(sheet.buyingPower()).isEqualByComparingTo("80680.36");
  }

  /// The broker's documented example: 4 * (103529.24 - 38000.832).
  @Test
  void intradayBuyingPowerIsFourTimesTheEquityAboveMaintenance() {
    var sheet = sheet("103529.24", "0", "0", "0", "38000.832", "0", 4);
    assertThat(sheet.buyingPower()).isEqualByComparingTo("262113.632");
  }

  @Test
  void aCashAccountMaySpendItsCash() {
    assertThat(sheet("500", "1000", "0", "500", "300", "0", 1).buyingPower())
        .isEqualByComparingTo("500");
  }

  @Test
  void openOrdersReduceBuyingPower() {
    assertThat(sheet("10000", "0", "0", "0", "0", "300", 2).buyingPower())
        .isEqualByComparingTo("19700");
  }

  @Test
  void buyingPowerIsNeverNegative() {
    assertThat(sheet("-5000", "6000", "0", "3000", "1800", "0", 2).buyingPower())
        .isEqualByComparingTo("0");
  }

  @Test
  void aShortPositionReducesEquity() {
    var sheet = sheet("1300", "500", "-270", "385", "250", "0", 2);
    assertThat(sheet.equity()).isEqualByComparingTo("1530");
    assertThat(sheet.positionMarketValue()).isEqualByComparingTo("770");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 100, 300",
    "10, 2.50, 7.5",
    "10, 2.49, 24.9",
    "-10, 100, 300",
    "-10, 10, 50",
    "-10, 4, 40",
    "-10, 2, 25"
  })
  void maintenanceFollowsPriceAndSide(BigDecimal qty, BigDecimal price, BigDecimal expected) {
    assertThat(Margin.maintenance(qty, price)).isEqualByComparingTo(expected);
  }

  private static AccountSheet sheet(
      String cash,
      String longValue,
      String shortValue,
      String initial,
      String maintenance,
      String reserved,
      int multiplier) {
    return new AccountSheet(
        d(cash),
        d("0"),
        d(longValue),
        d(shortValue),
        d(initial),
        d(maintenance),
        d("0"),
        d(reserved),
        multiplier);
  }

  private static BigDecimal d(String value) {
    return new BigDecimal(value);
  }
}
