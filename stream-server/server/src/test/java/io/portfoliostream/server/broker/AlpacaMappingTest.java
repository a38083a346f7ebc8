package io.portfoliostream.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.alpaca.AlpacaPosition;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Links;
import io.portfoliostream.server.portfolio.Order.Progress;
import io.portfoliostream.server.portfolio.Order.Terms;
import io.portfoliostream.server.portfolio.Side;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlpacaMappingTest {
  private static final Instant NOON = Instant.parse("2026-11-23T17:00:00Z");

  /// Orders and prices name pairs with a slash, positions without.
  @ParameterizedTest
  @CsvSource({
    "crypto, BTCUSD, BTC/USD",
    "crypto, ETHBTC, ETH/BTC",
    "crypto, BTCUSDT, BTC/USDT",
    "crypto, USDCUSD, USDC/USD",
    "crypto, BTC/USD, BTC/USD",
    "us_equity, AAPL, AAPL",
    "us_equity, USD, USD"
  })
  void aPositionIsNamedLikeItsOrders(String assetClass, String told, String name) {
    var one = BigDecimal.ONE;
    var position =
        new AlpacaPosition(
            "",
            told,
            "",
            assetClass,
            "long",
            one,
            null,
            one,
            one,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    assertThat(AlpacaMapping.position(position).symbol()).isEqualTo(name);
  }

  /// The order to replace may have become what was wanted meanwhile.
  @Test
  void aReplacementWithoutADifferenceIsNone() {
    assertThat(AlpacaMapping.replacement(terms("10"), order(terms("10.0")))).isEmpty();
    assertThat(AlpacaMapping.replacement(terms("10"), order(terms("11")))).isPresent();
  }

  private static Terms terms(String quantity) {
    return new Terms(
        "AAPL",
        Side.BUY,
        "limit",
        "day",
        new BigDecimal(quantity),
        null,
        new BigDecimal("100"),
        null,
        null,
        null,
        false,
        null,
        null,
        null);
  }

  private static Order order(Terms terms) {
    return new Order("o1", null, "o1", terms, Progress.queued(), Links.NONE, NOON, NOON);
  }
}
