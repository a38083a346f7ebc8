package io.portfoliostream.server.stream;

import static io.portfoliostream.server.stream.Stage.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.PositionSide;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.StateDigest;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.marks.MarkBook;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.Position;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireViewTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final MarkBook marks = new MarkBook();
  private final WireView view = new WireView(marks, new FeedBoard(NOON));

  private static Position position(String quantity, String entry, @Nullable String dayCost) {
    return new Position(
        "AAPL",
        new BigDecimal(quantity),
        new BigDecimal(entry),
        dayCost == null ? null : new BigDecimal(dayCost),
        "momentum",
        NOON.minusSeconds(60),
        NOON);
  }

  private void mark(String price) {
    marks.offer(List.of(Events.mark("AAPL", price, NOON.plusSeconds(5))));
  }

  @Test
  void aLongPositionIsValuedAtItsMark() {
    mark("110.00");

    assertThat(view.position(position("10.50", "100", "1071")))
        .isEqualTo(
            new PositionUpdate(
                "AAPL",
                new BigDecimal("10.5"),
                new BigDecimal("110.00"),
                new BigDecimal("100"),
                new BigDecimal("105.00"),
                new BigDecimal("10.00"),
                new BigDecimal("1155.00"),
                PositionSide.LONG,
                "momentum",
                NOON.minusSeconds(60),
                new BigDecimal("84.00"),
                new BigDecimal("7.84"),
                NOON.plusSeconds(5),
                NOON.plusSeconds(5)));
  }

  @Test
  void aShortPositionHasAPositiveQuantityAndANegativeValue() {
    mark("110");

    var shown = view.position(position("-10", "100", null));

    assertThat(shown.side()).isEqualTo(PositionSide.SHORT);
    assertThat(shown.quantity()).isEqualByComparingTo("10");
    assertThat(shown.marketValue()).isEqualByComparingTo("-1100.00");
    assertThat(shown.unrealizedPnl()).isEqualByComparingTo("-100.00");
    assertThat(shown.dayPnl()).isNull();
  }

  @Test
  void withoutAMarkAPositionIsWorthWhatWasPaidAsOfItsOpening() {
    var shown = view.position(position("10", "100", "1000"));

    assertThat(shown.currentPrice()).isEqualByComparingTo("100");
    assertThat(shown.unrealizedPnl()).isEqualByComparingTo("0");
    assertThat(shown.priceAt()).isEqualTo(NOON.minusSeconds(60));
    assertThat(shown.updatedAt()).isEqualTo(NOON);
  }

  @Test
  void aHundredSharesAreNotWrittenWithAnExponent() {
    assertThat(view.position(position("100", "100", null)).quantity().toString()).isEqualTo("100");
  }

  @Test
  void theAccountIsInCentsAndAsNewAsItsNewestPrice() {
    mark("110");
    var account =
        new Account(
            new BigDecimal("1000.005"),
            new BigDecimal("2000.1"),
            new BigDecimal("2000"),
            new BigDecimal("50"),
            NOON);

    var shown = view.account(account, List.of(position("10", "100", null)));

    assertThat(shown.cash()).isEqualTo(new BigDecimal("1000.01"));
    assertThat(shown.buyingPower()).isEqualTo(new BigDecimal("2000.10"));
    assertThat(shown.equity()).isEqualByComparingTo("2100.01");
    assertThat(shown.portfolioValue()).isEqualByComparingTo("2100.01");
    assertThat(shown.dayPnl()).isEqualByComparingTo("50.01");
    assertThat(shown.timestamp()).isEqualTo(NOON.plusSeconds(5));
  }

  /// The digest is what a client computes from what it is shown.
  @Test
  void theDigestIsThatOfTheSnapshot() {
    var account =
        new Account(
            new BigDecimal("1000.0049"), BigDecimal.ONE, BigDecimal.TEN, BigDecimal.ZERO, NOON);
    var portfolio =
        new Portfolio(
            ANN,
            "e1",
            7,
            Map.of("AAPL", position("-3.10", "100.50", null)),
            Map.of(),
            List.of(),
            account);

    assertThat(view.digest(portfolio)).isEqualTo(digest(view.snapshot(portfolio)));
  }

  private static String digest(Snapshot snapshot) {
    var digest = new StateDigest();
    for (var position : snapshot.positions()) {
      digest.position(
          position.symbol(), position.side(), position.quantity(), position.entryPrice());
    }
    var account = snapshot.account();
    if (account != null) {
      digest.cash(account.cash());
    }
    return digest.value();
  }
}
