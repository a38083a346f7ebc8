package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.StreamState.BackingOff;
import io.portfoliostream.alpaca.StreamState.Connecting;
import io.portfoliostream.alpaca.StreamState.Live;
import io.portfoliostream.alpaca.StreamState.Refused;
import io.portfoliostream.simulator.SimulatorOptions;
import io.portfoliostream.simulator.edge.FrameKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The client against the broker simulator, which was written from the same protocol and not from
/// this client.
class SimulatorContractTest {
  private SimulatedBroker broker = new SimulatedBroker(SimulatorOptions.defaults());

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void everyReadOfAnAccountIsUnderstood() {
    var rest = broker.rest(broker.demo());

    var account = rest.account();
    var positions = rest.positions();

    var held =
        positions.stream()
            .map(position -> Objects.requireNonNull(position.marketValue()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(account.cash().add(held)).isEqualByComparingTo(account.equity());
    assertThat(positions).extracting(AlpacaPosition::symbol).contains("AAPL", "SPY");
    assertThat(rest.position("AAPL")).isPresent();
    assertThat(rest.position("ZVZZT")).isEmpty();
    assertThat(rest.openOrders()).isEmpty();
    assertThat(rest.fills(null, null)).isEmpty();
    assertThat(rest.activities(Set.of(), null, null))
        .isEqualTo(rest.activities(Set.of("JNLC"), null, null))
        .extracting(AlpacaActivity::status)
        .containsExactly("executed");
    assertThat(rest.order("00000000-0000-4000-8000-000000000000")).isEmpty();
    assertThat(rest.orderByClientId("never sent")).isEmpty();
    assertThat(rest.clock().nextOpen()).isAfter(rest.clock().timestamp());
  }

  @ParameterizedTest
  @EnumSource(FrameKind.class)
  void aMarketOrderIsHeardFromItsAcceptanceToItsFill(FrameKind frames) throws InterruptedException {
    broker.close();
    broker = new SimulatedBroker(SimulatorOptions.defaults().withTradingFrames(frames));
    var rest = broker.rest(broker.demo());
    var before = rest.position("AAPL").orElseThrow().qty();
    var start = rest.clock().timestamp().minusSeconds(1);
    try (var _ = broker.liveStream()) {
      var request = AlpacaOrderRequest.market("AAPL", new BigDecimal("5"), "buy", "ice-1");
      var order = rest.submit(request);
      var updates = broker.updatesUntil(update -> update.event().equals("fill"));

      assertThat(updates).extracting(TradeUpdate::event).contains("new").endsWith("fill");
      assertThat(updates).allMatch(update -> update.order().id().equals(order.id()));
      assertThat(updates).allMatch(update -> update.order().clientOrderId().equals("ice-1"));
      assertThat(updates).doesNotHaveDuplicates();
      var executed =
          updates.stream()
              .flatMap(update -> Stream.ofNullable(update.execution()))
              .map(AlpacaExecution::qty)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(executed).isEqualByComparingTo("5");
      var last = Objects.requireNonNull(updates.getLast().execution());
      assertThat(last.positionQty()).isEqualByComparingTo(before.add(new BigDecimal("5")));
    }
    var filled = rest.orderByClientId("ice-1").orElseThrow();
    assertThat(filled.status()).isEqualTo("filled");
    assertThat(rest.ordersAfter(start)).contains(filled);
    assertThat(rest.fills(null, start))
        .allMatch(fill -> fill.orderId().equals(filled.id()))
        .isNotEmpty();
  }

  @Test
  void anOpenOrderIsListedAndCanceled() throws InterruptedException {
    var rest = broker.rest(broker.demo());
    try (var _ = broker.liveStream()) {
      var order = rest.submit(limitOrder("ice-2"));

      assertThat(rest.openOrders()).extracting(AlpacaOrder::id).containsExactly(order.id());
      broker.awaitEvent("new");
      rest.cancel(order.id());
      assertThat(broker.awaitEvent("canceled").order().status()).isEqualTo("canceled");
    }
    assertThat(rest.openOrders()).isEmpty();
  }

  @Test
  void refusalsAreTold() {
    var rest = broker.rest(broker.demo());
    rest.submit(limitOrder("ice-3"));

    assertThatThrownBy(() -> rest.submit(limitOrder("ice-3")))
        .isInstanceOfSatisfying(
            AlpacaException.Rejected.class,
            rejected -> assertThat(rejected.isDuplicateClientOrderId()).isTrue());
    var huge = AlpacaOrderRequest.market("AAPL", new BigDecimal("1000000"), "buy", "ice-4");
    assertThatThrownBy(() -> rest.submit(huge))
        .isInstanceOfSatisfying(
            AlpacaException.Rejected.class,
            rejected -> assertThat(rejected.status()).isEqualTo(403));
    assertThatThrownBy(() -> rest.cancel("00000000-0000-4000-8000-000000000000"))
        .isInstanceOfSatisfying(
            AlpacaException.Rejected.class,
            rejected -> assertThat(rejected.status()).isEqualTo(404));
  }

  @Test
  void aWrongSecretIsRefusedEverywhere() throws InterruptedException {
    var wrong = new AlpacaCredentials.ApiKey(broker.demo().keyId(), "pistachio");

    assertThatThrownBy(() -> broker.rest(wrong).account())
        .isInstanceOf(AlpacaException.Unauthorized.class);
    try (var stream = broker.stream(wrong, StreamPolicy.defaults())) {
      stream.start();
      broker.awaitState(Refused.class);
    }
  }

  @ParameterizedTest
  @EnumSource(AuthEnvelope.class)
  void bothEnvelopesAreAccepted(AuthEnvelope envelope) throws InterruptedException {
    var policy = StreamPolicy.defaults().withAuthEnvelope(envelope);
    try (var stream = broker.stream(broker.demo(), policy)) {
      stream.start();

      broker.awaitState(Live.class);
    }
  }

  @Test
  void aDroppedStreamComesBack() throws InterruptedException {
    var quick = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), 0.2);
    var policy = StreamPolicy.defaults().withBackoff(quick, Duration.ofMillis(50));
    try (var stream = broker.stream(broker.demo(), policy)) {
      stream.start();
      broker.awaitState(Live.class);

      broker.simulator().dropStreams();

      broker.awaitState(BackingOff.class);
      broker.awaitState(Connecting.class);
      assertThat(broker.awaitState(Live.class).isReconnected()).isTrue();
    }
  }

  @Test
  void aPriceMoveReachesTheSubscriber() throws InterruptedException {
    var market = new RecordingMarketListener();
    try (var stream =
        new MarketStream(
            broker.endpoints(),
            broker.demo(),
            broker.http(),
            market,
            StreamPolicy.defaults(),
            broker.runtime(),
            EnumSet.of(MarketChannel.TRADES, MarketChannel.QUOTES))) {
      stream.subscribe(Set.of("AAPL", "MSFT"));
      stream.start();
      market.await(Live.class, _ -> true);
      assertThat(stream.subscribed()).containsExactlyInAnyOrder("AAPL", "MSFT");

      broker.simulator().setPrice("AAPL", new BigDecimal("201.25"));

      var moved =
          market.await(
              MarketTrade.class, trade -> trade.price().compareTo(new BigDecimal("201.25")) == 0);
      assertThat(moved.symbol()).isEqualTo("AAPL");
    }
  }

  private static AlpacaOrderRequest limitOrder(String clientOrderId) {
    return AlpacaOrderRequest.limit(
        "AAPL", BigDecimal.ONE, "buy", new BigDecimal("10"), clientOrderId);
  }
}
