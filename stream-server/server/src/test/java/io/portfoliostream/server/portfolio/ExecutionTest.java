package io.portfoliostream.server.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionTest {
  /// Accounts are kept in cents: a fraction of a share must not leave a fraction of one behind.
  @ParameterizedTest
  @CsvSource({
    "BUY, 3.950695322, 63.28, -250.00",
    "SELL, 2, 134.33, 268.66",
    "BUY, 0.001, 5.00, -0.01",
    "SELL, 0.000001, 1.00, 0.00"
  })
  void whatAnExecutionAddsToCashIsInCents(
      Side side, BigDecimal quantity, BigDecimal price, BigDecimal effect) {
    var execution =
        new Execution(
            "x1", "o1", "b1", "KO", side, quantity, price, null, Instant.EPOCH, null, false);

    assertThat(execution.cashEffect()).isEqualTo(effect);
  }
}
