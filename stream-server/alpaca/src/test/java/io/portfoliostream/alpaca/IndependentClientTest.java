package io.portfoliostream.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.jacobpeterson.alpaca.AlpacaAPI;
import net.jacobpeterson.alpaca.model.endpoint.account.enums.AccountStatus;
import net.jacobpeterson.alpaca.model.endpoint.common.enums.SortDirection;
import net.jacobpeterson.alpaca.model.endpoint.orders.Order;
import net.jacobpeterson.alpaca.model.endpoint.orders.enums.CurrentOrderStatus;
import net.jacobpeterson.alpaca.model.endpoint.orders.enums.OrderClass;
import net.jacobpeterson.alpaca.model.endpoint.orders.enums.OrderSide;
import net.jacobpeterson.alpaca.model.endpoint.orders.enums.OrderStatus;
import net.jacobpeterson.alpaca.model.endpoint.orders.enums.OrderTimeInForce;
import net.jacobpeterson.alpaca.model.endpoint.orders.enums.OrderType;
import net.jacobpeterson.alpaca.model.endpoint.positions.Position;
import net.jacobpeterson.alpaca.model.endpoint.streaming.StreamingMessage;
import net.jacobpeterson.alpaca.model.endpoint.streaming.enums.StreamingMessageType;
import net.jacobpeterson.alpaca.model.endpoint.streaming.trade.TradeUpdate;
import net.jacobpeterson.alpaca.model.endpoint.streaming.trade.TradeUpdateMessage;
import net.jacobpeterson.alpaca.model.endpoint.streaming.trade.enums.TradeUpdateEvent;
import net.jacobpeterson.alpaca.model.properties.DataAPIType;
import net.jacobpeterson.alpaca.model.properties.EndpointAPIType;
import net.jacobpeterson.alpaca.rest.AlpacaClientException;
import net.jacobpeterson.alpaca.websocket.streaming.StreamingWebsocketInterface;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The simulator as a client sees it that others wrote for Alpaca: `net.jacobpeterson:alpaca-java`,
/// release 9.2.0, whose hosts are fixed and are therefore rewritten on the way out.
class IndependentClientTest {
  private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

  private final BrokerSimulator broker = start();
  private final OkHttpClient http = rewriting(broker.rest());
  private final AlpacaAPI api = api(broker.account("demo").secret());
  private final BlockingQueue<StreamingMessage> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    api.streaming().disconnect();
    broker.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  @Test
  void theAccountAndItsPositionsAddUp() throws AlpacaClientException {
    var account = api.account().get();
    var positions = api.positions().get();

    assertThat(account.getStatus()).isEqualTo(AccountStatus.ACTIVE);
    assertThat(account.getTradingBlocked()).isFalse();
    var held =
        positions.stream()
            .map(Position::getMarketValue)
            .map(BigDecimal::new)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(new BigDecimal(account.getCash()).add(held))
        .isEqualByComparingTo(account.getEquity());
    assertThat(api.positions().getBySymbol("AAPL").getSide()).isEqualTo("long");
    assertThat(api.clock().get().getNextOpen()).isNotNull();
    assertThat(api.accountActivities().get(null, null, null, SortDirection.ASCENDING, 10, null))
        .isNotEmpty();
  }

  @Test
  void aMarketOrderIsHeardUntilItsFill() throws Exception {
    var before = quantity("AAPL");
    listen();

    var order = api.orders().requestMarketOrder("AAPL", 5, OrderSide.BUY, OrderTimeInForce.DAY);
    var updates = updatesUntil(TradeUpdateEvent.FILL);

    assertThat(order.getType()).isEqualTo(OrderType.MARKET);
    assertThat(updates).extracting(TradeUpdate::getEvent).contains(TradeUpdateEvent.NEW);
    assertThat(updates).allMatch(update -> update.getOrder().getId().equals(order.getId()));
    var filled = updates.getLast();
    assertThat(filled.getOrder().getStatus()).isEqualTo(OrderStatus.FILLED);
    assertThat(filled.getOrder().getFilledQuantity()).isEqualTo("5");
    assertThat(new BigDecimal(filled.getPositionQuantity()))
        .isEqualByComparingTo(before.add(new BigDecimal("5")))
        .isEqualByComparingTo(quantity("AAPL"));
    assertThat(api.orders().get(order.getId(), false).getStatus()).isEqualTo(OrderStatus.FILLED);
    assertThat(api.orders().getByClientID(order.getClientOrderId()).getId())
        .isEqualTo(order.getId());
  }

  @Test
  void aLimitOrderStaysOpenUntilItIsCanceled() throws Exception {
    listen();
    var order = farLimitOrder(null);
    updatesUntil(TradeUpdateEvent.NEW);
    assertThat(openOrders()).extracting(Order::getId).containsExactly(order.getId());

    api.orders().cancel(order.getId());

    var canceled = updatesUntil(TradeUpdateEvent.CANCELED).getLast();
    assertThat(canceled.getOrder().getId()).isEqualTo(order.getId());
    assertThat(canceled.getOrder().getStatus()).isEqualTo(OrderStatus.CANCELED);
    assertThat(openOrders()).isEmpty();
    assertRefused(422, 42_210_000, () -> api.orders().cancel(order.getId()));
  }

  @Test
  void aStopOrderWaitsForItsPrice() throws Exception {
    var price = new BigDecimal(api.positions().getBySymbol("AAPL").getCurrentPrice());
    var stop = price.intValue() - 2;
    listen();
    var order =
        api.orders()
            .requestStopOrder(
                "AAPL", 5, OrderSide.SELL, OrderTimeInForce.DAY, (double) stop, false);
    updatesUntil(TradeUpdateEvent.NEW);
    assertThat(openOrders()).extracting(Order::getId).containsExactly(order.getId());

    broker.setPrice("AAPL", new BigDecimal(stop - 1));

    var filled = updatesUntil(TradeUpdateEvent.FILL).getLast().getOrder();
    assertThat(filled.getId()).isEqualTo(order.getId());
    assertThat(filled.getType()).isEqualTo(OrderType.STOP);
    assertThat(new BigDecimal(filled.getStopPrice())).isEqualByComparingTo(String.valueOf(stop));
  }

  @Test
  void aReplacedOrderIsFollowedByTheOneInItsPlace() throws Exception {
    listen();
    var old = farLimitOrder(null);
    updatesUntil(TradeUpdateEvent.NEW);

    var replacing = api.orders().replace(old.getId(), 2, null, 11.0, null, null, "young");

    var replaced = updatesUntil(TradeUpdateEvent.REPLACED).getLast().getOrder();
    assertThat(replaced.getId()).isEqualTo(old.getId());
    assertThat(replaced.getReplacedBy()).isEqualTo(replacing.getId());
    assertThat(replacing.getReplaces()).isEqualTo(old.getId());
    assertThat(openOrders()).extracting(Order::getId).containsExactly(replacing.getId());
    assertThat(api.orders().getByClientID("young").getLimitPrice()).isEqualTo("11");
    assertRefused(
        422, 42_210_000, () -> api.orders().replace(old.getId(), 3, null, null, null, null, null));
  }

  @Test
  void aBracketIsFilledAndLeavesItsExitsOpen() throws Exception {
    var price = new BigDecimal(api.positions().getBySymbol("AAPL").getCurrentPrice()).intValue();
    listen();

    var entry =
        api.orders()
            .requestMarketBracketOrder(
                "AAPL",
                5,
                OrderSide.BUY,
                OrderTimeInForce.GOOD_UNTIL_CANCELLED,
                price + 10.0,
                price - 10.0,
                price - 11.0);

    assertThat(entry.getOrderClass()).isEqualTo(OrderClass.BRACKET);
    assertThat(entry.getLegs()).extracting(Order::getStatus).containsOnly(OrderStatus.HELD);
    updatesUntil(TradeUpdateEvent.FILL);
    updatesUntil(TradeUpdateEvent.NEW);
    updatesUntil(TradeUpdateEvent.NEW);
    var legs = api.orders().get(entry.getId(), true).getLegs();
    assertThat(legs)
        .extracting(Order::getType)
        .containsExactlyInAnyOrder(OrderType.LIMIT, OrderType.STOP_LIMIT);
    assertThat(legs).extracting(Order::getStatus).containsOnly(OrderStatus.NEW);
  }

  @Test
  void refusalsCarryTheirStatusAndCode() throws AlpacaClientException {
    assertRefused(403, 40_310_000, () -> buy(1_000_000));
    assertRefused(404, 40_410_000, () -> api.positions().getBySymbol("ZVZZT"));
    assertRefused(404, 40_410_000, () -> api.orders().cancel(UNKNOWN));
    assertRefused(404, 40_410_000, () -> api.orders().get(UNKNOWN, false));
    assertRefused(422, 40_010_001, () -> buy(0));
    farLimitOrder("same");
    assertRefused(422, 40_010_001, () -> farLimitOrder("same"));
  }

  @Test
  void aWrongSecretIsRefused() {
    var wrong = api("pistachio");

    assertThatThrownBy(() -> wrong.account().get())
        .isInstanceOfSatisfying(
            AlpacaClientException.class,
            refused -> assertThat(refused.getResponseStatusCode()).isEqualTo(401));
    var stream = wrong.streaming();
    stream.connect();
    assertThat(stream.waitForAuthorization(10, TimeUnit.SECONDS)).isFalse();
    assertThat(stream.isAuthenticated()).isFalse();
    stream.disconnect();
  }

  @Test
  void aDroppedStreamComesBackAndRepeatsNothing() throws Exception {
    listen();
    buy(1);
    var before = updatesUntil(TradeUpdateEvent.FILL);

    broker.dropStreams();
    awaitListening();
    var second = buy(2);
    var after = updatesUntil(TradeUpdateEvent.FILL);

    assertThat(after).allMatch(update -> update.getOrder().getId().equals(second.getId()));
    var steps = new ArrayList<String>();
    before.forEach(update -> steps.add(step(update)));
    after.forEach(update -> steps.add(step(update)));
    assertThat(steps).doesNotHaveDuplicates();
    assertThat(heard).isEmpty();
  }

  private static String step(TradeUpdate update) {
    var order = update.getOrder();
    return order.getId() + update.getEvent() + order.getFilledQuantity();
  }

  private Order buy(int quantity) throws AlpacaClientException {
    return api.orders().requestMarketOrder("AAPL", quantity, OrderSide.BUY, OrderTimeInForce.DAY);
  }

  private Order farLimitOrder(@Nullable String clientOrderId) throws AlpacaClientException {
    return api.orders()
        .requestOrder(
            "AAPL",
            1.0,
            null,
            OrderSide.BUY,
            OrderType.LIMIT,
            OrderTimeInForce.GOOD_UNTIL_CANCELLED,
            10.0,
            null,
            null,
            null,
            false,
            clientOrderId,
            null,
            null,
            null,
            null);
  }

  private List<Order> openOrders() throws AlpacaClientException {
    return api.orders()
        .get(CurrentOrderStatus.OPEN, 50, null, null, SortDirection.ASCENDING, true, null);
  }

  private BigDecimal quantity(String symbol) throws AlpacaClientException {
    return new BigDecimal(api.positions().getBySymbol(symbol).getQuantity());
  }

  private static void assertRefused(int status, int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AlpacaClientException.class,
            refused -> {
              // The client reads the body only when it is asked for the message.
              assertThat(refused.getMessage()).isNotBlank();
              assertThat(refused.getResponseStatusCode()).isEqualTo(status);
              assertThat(refused.getAPIResponseCode()).isEqualTo(code);
            });
  }

  private void listen() throws InterruptedException {
    StreamingWebsocketInterface stream = api.streaming();
    stream.setListener((_, message) -> heard.add(message));
    stream.connect();
    assertThat(stream.waitForAuthorization(10, TimeUnit.SECONDS)).isTrue();
    stream.streams(StreamingMessageType.TRADE_UPDATES, StreamingMessageType.LISTENING);
    awaitListening();
  }

  private void awaitListening() throws InterruptedException {
    while (next().getStream() != StreamingMessageType.LISTENING) {
      assertThat(heard.size()).isLessThan(1_000);
    }
  }

  private List<TradeUpdate> updatesUntil(TradeUpdateEvent event) throws InterruptedException {
    var updates = new ArrayList<TradeUpdate>();
    while (updates.isEmpty() || updates.getLast().getEvent() != event) {
      if (next() instanceof TradeUpdateMessage message) {
        updates.add(message.getData());
      }
    }
    return updates;
  }

  private StreamingMessage next() throws InterruptedException {
    return Objects.requireNonNull(heard.poll(20, TimeUnit.SECONDS), "nothing was heard");
  }

  private AlpacaAPI api(String secret) {
    return new AlpacaAPI(
        http, broker.account("demo").key(), secret, null, EndpointAPIType.PAPER, DataAPIType.IEX);
  }

  private static OkHttpClient rewriting(URI target) {
    return new OkHttpClient.Builder()
        .addInterceptor(chain -> {
          var request = chain.request();
          var url =
              request
                  .url()
                  .newBuilder()
                  .scheme("http")
                  .host(Objects.requireNonNull(target.getHost()))
                  .port(target.getPort())
                  .build();
          return chain.proceed(request.newBuilder().url(url).build());
        })
        .build();
  }

  private static BrokerSimulator start() {
    try {
      return BrokerSimulator.start(SimulatorOptions.defaults().withTicksPerSecond(0));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
