package io.portfoliostream.ui.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0          | $0.00
          7          | $7.00
          999.994    | $999.99
          999.995    | $1,000.00
          1234567.5  | $1,234,567.50
          -3         | −$3.00
          -1234.565  | −$1,234.57
          -0.001     | $0.00
          """)
  void moneyIsGroupedAndHasTwoDecimals(BigDecimal amount, String text) {
    assertThat(Figures.money(amount)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12      | +$12.00
          -12     | −$12.00
          0.004   | $0.00
          -0.004  | $0.00
          """)
  void aGainAlwaysSaysItsSign(BigDecimal amount, String text) {
    assertThat(Figures.gain(amount)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          187.2      | $187.20
          187        | $187.00
          0.01234    | $0.0123
          12.345     | $12.345
          64250.5000 | $64,250.50
          """)
  void aPriceKeepsUpToFourDecimals(BigDecimal price, String text) {
    assertThat(Figures.price(price)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          100    | 100
          1250.0 | 1,250
          0.50   | 0.5
          1E+3   | 1,000
          -5     | −5
          """)
  void aQuantityHasNoTrailingZeros(BigDecimal quantity, String text) {
    assertThat(Figures.quantity(quantity)).isEqualTo(text);
  }

  @Test
  void aPercentageSaysItsSign() {
    assertThat(Figures.percent(new BigDecimal("1.255"))).isEqualTo("+1.26%");
    assertThat(Figures.percent(new BigDecimal("-0.5"))).isEqualTo("−0.50%");
    assertThat(Figures.percent(BigDecimal.ZERO)).isEqualTo("0.00%");
  }

  @Test
  void programsReadPlainAscii() {
    assertThat(Figures.plain(new BigDecimal("-1234.500"))).isEqualTo("-1234.5");
    assertThat(Figures.plain(new BigDecimal("0.00"))).isEqualTo("0");
  }

  @Test
  void anUnknownNumberIsADashAndHasNoValue() {
    assertThat(Tick.gain("day-pnl", null).wire()).containsExactly("day-pnl", "", "–");
  }
}
