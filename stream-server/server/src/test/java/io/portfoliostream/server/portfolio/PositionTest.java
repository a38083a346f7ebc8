package io.portfoliostream.server.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PositionTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  static Execution execution(
      Side side, String quantity, String price, @Nullable String positionQuantity) {
    return new Execution(
        "e-" + side + quantity + price,
        "o",
        "b",
        "AAPL",
        side,
        new BigDecimal(quantity),
        new BigDecimal(price),
        positionQuantity == null ? null : new BigDecimal(positionQuantity),
        NOON,
        null,
        false);
  }

  private static Position after(Execution... executions) {
    var position = Position.none("AAPL", NOON);
    for (var execution : executions) {
      position = position.after(execution, null, NOON);
    }
    return position;
  }

  @Test
  void growingAveragesTheEntryPriceByQuantity() {
    var position =
        after(execution(Side.BUY, "10", "100", null), execution(Side.BUY, "30", "120", null));

    assertThat(position.quantity()).isEqualTo("40");
    assertThat(position.averageEntryPrice()).isEqualTo("115");
    assertThat(position.dayCost()).isEqualTo("4600");
  }

  @Test
  void shrinkingKeepsTheEntryPrice() {
    var position =
        after(execution(Side.BUY, "10", "100", null), execution(Side.SELL, "4", "150", null));

    assertThat(position.quantity()).isEqualTo("6");
    assertThat(position.averageEntryPrice()).isEqualTo("100");
    assertThat(position.dayCost()).isEqualTo("600");
  }

  @Test
  void crossingZeroStartsAnew() {
    var position =
        after(execution(Side.BUY, "10", "100", null), execution(Side.SELL, "15", "150", null));

    assertThat(position.quantity()).isEqualTo("-5");
    assertThat(position.averageEntryPrice()).isEqualTo("150");
  }

  @Test
  void closingLeavesNothing() {
    var position =
        after(execution(Side.BUY, "10", "100", null), execution(Side.SELL, "10", "150", null));

    assertThat(position.isClosed()).isTrue();
    assertThat(position.dayCost()).isEqualTo("0");
  }

  /// A fee in coin: 0.000175822 bought, 0.000175382 held.
  @Test
  void theBrokersWordOnThePositionWins() {
    var position = after(execution(Side.BUY, "0.000175822", "85000", "0.000175382"));

    assertThat(position.quantity()).isEqualTo("0.000175382");
  }

  @Test
  void theStrategyOfTheOrderThatOpenedItStays() {
    var opened =
        Position.none("AAPL", NOON)
            .after(execution(Side.BUY, "1", "100", null), "momentum", NOON)
            .after(execution(Side.BUY, "1", "100", null), "other", NOON);

    assertThat(opened.strategyId()).isEqualTo("momentum");
  }
}
