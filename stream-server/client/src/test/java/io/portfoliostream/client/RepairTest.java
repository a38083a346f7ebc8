package io.portfoliostream.client;

import static io.portfoliostream.client.Samples.EPOCH;
import static io.portfoliostream.client.Samples.NOON;
import static io.portfoliostream.client.Samples.account;
import static io.portfoliostream.client.Samples.order;
import static io.portfoliostream.client.Samples.position;
import static io.portfoliostream.client.Samples.rest;
import static io.portfoliostream.client.Samples.snapshot;
import static io.portfoliostream.client.Samples.trade;
import static io.portfoliostream.client.Samples.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import io.portfoliostream.protocol.Snapshot;
import io.portfoliostream.protocol.TradeExecuted;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairTest {
  private static final Snapshot HELD =
      new Snapshot(
          List.of(position("AAPL", "10", "100"), position("MSFT", "20", "50")),
          account("1000", "2000"),
          List.of(order("o-1", "new", "0"), order("o-2", "filled", "10")),
          List.of(trade("x-2", NOON.plusSeconds(2)), trade("x-1", NOON.plusSeconds(1))));

  private final PortfolioReplica replica = new PortfolioReplica(100);

  private int differences(Snapshot truth) {
    replica.apply(welcome(EPOCH, 7));
    replica.apply(snapshot(EPOCH, 7, HELD));
    return replica.compare(rest(EPOCH, 7, truth)) instanceof Comparison.Compared(int differences, _)
        ? differences
        : -1;
  }

  @Test
  void theSameIsNoDifference() {
    assertThat(differences(HELD)).isZero();
  }

  @Test
  void aPriceIsNoDifferenceButALaterOneIsTaken() {
    var later =
        new Snapshot(
            List.of(
                position("AAPL", "10", "111", NOON.plusSeconds(1)),
                position("MSFT", "20", "44", NOON.minusSeconds(1))),
            account("1000", "9999", NOON.plusSeconds(1)),
            HELD.orders(),
            HELD.trades());

    assertThat(differences(later)).isZero();
    assertThat(replica.portfolio().positions())
        .extracting(position -> position.currentPrice().toPlainString())
        .containsExactly("111", "50");
    assertThat(replica.portfolio().account().orElseThrow().equity()).isEqualByComparingTo("9999");
  }

  @Test
  void eachKindOfDifferenceIsFoundAndRepaired() {
    var truth =
        new Snapshot(
            List.of(position("AAPL", "11", "100"), position("TSLA", "1", "1")),
            account("999", "2000"),
            List.of(order("o-3", "new", "0"), order("o-2", "filled", "9")),
            List.of(trade("x-3", NOON.plusSeconds(3)), trade("x-1", NOON.plusSeconds(1))));

    // AAPL, TSLA, MSFT; o-3, o-2, o-1; x-3, x-2; cash
    assertThat(differences(truth)).isEqualTo(9);
    var view = replica.portfolio();
    assertThat(view.positions()).extracting(PositionUpdate::symbol).containsExactly("AAPL", "TSLA");
    assertThat(view.orders()).extracting(OrderUpdate::orderId).containsExactly("o-2", "o-3");
    assertThat(view.trades()).extracting(TradeExecuted::executionId).containsExactly("x-3", "x-1");
    assertThat(view.account()).contains(account("999", "2000"));
    assertThat(replica.compare(rest(EPOCH, 7, truth)))
        .isInstanceOfSatisfying(
            Comparison.Compared.class, again -> assertThat(again.differences()).isZero());
  }

  @Test
  void yesterdaysClosedOrderIsNoDifference() {
    var today =
        new Snapshot(
            HELD.positions(), HELD.account(), List.of(order("o-1", "new", "0")), HELD.trades());

    assertThat(differences(today)).isZero();
    assertThat(replica.portfolio().order("o-2")).isPresent();
  }

  @Test
  void anOlderOrNewerReadIsNotCompared() {
    assertThat(differences(HELD)).isZero();

    assertThat(replica.compare(rest(EPOCH, 6, Samples.NOTHING))).isEqualTo(new Comparison.Behind());
    assertThat(replica.compare(rest(EPOCH, 8, Samples.NOTHING))).isEqualTo(new Comparison.Ahead());
    assertThat(replica.compare(rest("e2", 7, Samples.NOTHING)))
        .isEqualTo(new Comparison.OtherEpoch());
    assertThat(replica.portfolio().positions()).hasSize(2);
  }

  @Test
  void nothingIsComparedWhileAnAnswerIsAwaited() {
    replica.apply(welcome(EPOCH, 7));

    assertThat(replica.compare(rest(EPOCH, 7, HELD))).isEqualTo(new Comparison.Unready());
  }
}
