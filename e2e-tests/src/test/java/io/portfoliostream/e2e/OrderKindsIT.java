package io.portfoliostream.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.e2e.stack.BrokerBook.Stand;
import io.portfoliostream.e2e.stack.FaultyStack;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.ServerSession;
import io.portfoliostream.e2e.stack.StreamChange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// Orders of every kind over REST, as a connected client sees them, and the accounts that they go
/// to.
@ExtendWith(FaultyStack.class)
class OrderKindsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String LINK = "/api/broker-account";

  private final PortfolioStack stack;

  OrderKindsIT(PortfolioStack stack) {
    this.stack = stack;
  }

  /// The broker's refusal reaches the client in words.
  @ConcurrentTest
  void anOrderBeyondTheBuyingPowerIsRejectedWithTheReason() throws Exception {
    var user = user("load0006");
    try (var watched = Watched.by(user)) {
      var order = Orders.accepted(user, Orders.market("buy", "900000", "AAPL"));

      var rejected = watched.order(order, "rejected");

      assertThat(rejected.path("rejectReason").asText()).contains("insufficient buying power");
      assertThat(stack.broker().book("load0006").orders(order)).isEmpty();
    }
  }

  /// An order that the broker took and called a duplicate is not taken for refused.
  @ConcurrentTest
  void anOrderThatWasAcceptedAndCalledADuplicateIsFilled() throws Exception {
    var user = user("load0007");
    try (var watched = Watched.by(user)) {
      stack.broker().fault("load0007", "accept-then-422", Map.of());

      var order = Orders.accepted(user, Orders.market("buy", "2", "AAPL"));

      watched.order(order, "filled");
      assertThat(stack.broker().happened("load0007", "accept-then-422")).isEqualTo(1);
      assertThat(stack.broker().book("load0007").orders(order))
          .containsExactly(new Stand("filled", new BigDecimal("2")));
    }
  }

  /// A changed order is replaced by another one, and both are told.
  @ConcurrentTest
  void aLimitOrderIsReplacedAndCanceled() throws Exception {
    var user = user("load0008");
    try (var watched = Watched.by(user)) {
      var order = Orders.accepted(user, Orders.limit(user, "buy", "2", "AAPL", "0.5"));
      watched.order(order, "new");
      var price = Orders.price(user, "AAPL", "0.6");

      var next = user.change(order, Map.of("limitPrice", price)).expect(202).orderId();

      var replacement = watched.order(next, "new");
      assertThat(decimal(replacement, "limitPrice")).isEqualByComparingTo(price);
      assertThat(replacement.path("replaces").asText()).isEqualTo(order);
      watched.until(
          "replaced order with its successor",
          PATIENCE,
          change ->
              change.is("order_update", "orderId", order)
                  && change.is("order_update", "status", "replaced")
                  && change.is("order_update", "replacedBy", next));

      user.cancel(next).expect(202);

      watched.order(next, "canceled");
      agree("load0008", "load0008");
    }
  }

  /// The exits of a bracket are orders of their own that name their parent.
  @ConcurrentTest
  void aBracketHasTwoLegsThatNameTheirParent() throws Exception {
    var user = user("load0009");
    try (var watched = Watched.by(user)) {
      var bracket = Orders.market("buy", "2", "AAPL");
      bracket.put("orderClass", "bracket");
      bracket.put("takeProfit", Map.of("limitPrice", Orders.price(user, "AAPL", "1.5")));
      bracket.put("stopLoss", Map.of("stopPrice", Orders.price(user, "AAPL", "0.5")));

      var parent = Orders.accepted(user, bracket);

      watched.order(parent, "filled");
      var profit = watched.until("take profit", PATIENCE, leg -> isLeg(leg, parent, "limit"));
      var loss = watched.until("stop loss", PATIENCE, leg -> isLeg(leg, parent, "stop"));
      assertThat(List.of(profit.path("side").asText(), loss.path("side").asText()))
          .containsOnly("sell");
      watched.order(profit.path("orderId").asText(), "new");
      agree("load0009", "load0009");
    }
  }

  /// One position is closed by its order, then the others by theirs.
  @ConcurrentTest
  void oneAndAllPositionsAreClosed() throws Exception {
    var user = user("load0010");
    try (var watched = Watched.by(user)) {
      var symbols =
          await("the first comparison")
              .atMost(PATIENCE)
              .until(() -> held(user), held -> held.size() > 2);
      var first = symbols.getFirst();

      user.close("/api/positions/" + first).expect(202);
      watched.until("closed position", PATIENCE, change -> isClosed(change, first));
      assertThat(held(user)).isEqualTo(symbols.subList(1, symbols.size()));

      var closing = user.close("/api/positions").expect(202).body().path("orders");
      assertThat(closing).hasSize(symbols.size() - 1);
      await("no position").atMost(PATIENCE).until(() -> held(user).isEmpty());
      agree("load0010", "load0010");
    }
  }

  /// An order for an amount of money buys a fraction; what it is worth in fractions of a cent is no
  /// fault.
  @ConcurrentTest
  void anOrderForAnAmountOfMoneyIsFilledInFractions() throws Exception {
    var user = user("load0011");
    try (var watched = Watched.by(user)) {
      var wanted = Orders.order("buy", "market", "AAPL", Map.of("notional", "500.00"));

      var order = Orders.accepted(user, wanted);

      var filled = watched.order(order, "filled");
      var value = decimal(filled, "filledQty").multiply(decimal(filled, "filledAvgPrice"));
      assertThat(value).isBetween(new BigDecimal("499.9"), new BigDecimal("500.1"));
      agree("load0011", "load0011");
      var corrections = user.get("/api/corrections").path("corrections");
      assertThat(corrections.valueStream().filter(each -> each.path("drift").asBoolean()))
          .isEmpty();
    }
  }

  /// An account that is linked for viewing takes no orders.
  @ConcurrentTest
  void anAccountForViewingTakesNoOrders() {
    var user = user("load0012");
    var keys = stack.broker().open(Map.of("name", "viewed", "cash", "1000"));
    user.put(LINK, link(keys, true)).expect(200);

    var refused = user.submit(Orders.market("buy", "1", "KO")).expect(403);

    assertThat(refused.body().path("code").asText()).isEqualTo("forbidden");
    user.close("/api/positions").expect(403);
    assertThat(stack.broker().book("viewed").clientOrderIds()).isEmpty();
  }

  /// Another account is another portfolio: a connected client is given all of it, and what is still
  /// under way at the old one does not reach it.
  @ConcurrentTest
  void anotherAccountIsAnotherPortfolio() throws Exception {
    var user = user("load0013");
    var position = Map.of("symbol", "AAPL", "qty", "10", "avg_entry_price", "190");
    var keys =
        stack
            .broker()
            .open(Map.of("name", "other", "cash", "50000", "positions", List.of(position)));
    try (var watched = Watched.by(user)) {
      var epoch = watched.subscribed("").path("epoch").asText();
      var under = Orders.accepted(user, Orders.market("buy", "1", "KO"));
      watched.order(under, "new");

      user.put(LINK, link(keys, false)).expect(200);

      var snapshot = watched.subscribed(epoch);
      assertThat(snapshot.path("recovered").asBoolean()).isFalse();
      assertThat(snapshot.path("snapshot").path("orders")).isEmpty();
      await("the other account").atMost(PATIENCE).until(() -> held(user).equals(List.of("AAPL")));
      var order = Orders.accepted(user, Orders.market("buy", "1", "MSFT"));
      watched.order(order, "filled");
      agree("load0013", "other");
      assertThat(user.get(LINK).path("account").path("keyId").asText())
          .isEqualTo(keys.path("key").asText());
    }
  }

  private ServerSession user(String name) {
    return stack.signIn(name, "load");
  }

  private void agree(String username, String account) {
    ConditionFactory within = await("agreement").atMost(PATIENCE);
    within.untilAsserted(() -> Agreement.assertHolds(stack, username, account));
  }

  private static boolean isLeg(StreamChange change, String parent, String type) {
    return change.is("order_update", "parentOrderId", parent)
        && change.is("order_update", "type", type);
  }

  private static boolean isClosed(StreamChange change, String symbol) {
    return change.is("position_update", "symbol", symbol)
        && change.is("position_update", "quantity", "0");
  }

  private static List<String> held(ServerSession user) {
    var symbols = new ArrayList<String>();
    user.get("/api/positions")
        .path("positions")
        .forEach(position -> symbols.add(position.path("symbol").asText()));
    return symbols.stream().sorted().toList();
  }

  private static Map<String, Object> link(JsonNode keys, boolean viewOnly) {
    return Map.of(
        "environment",
        "simulator",
        "keyId",
        keys.path("key").asText(),
        "secret",
        keys.path("secret").asText(),
        "viewOnly",
        viewOnly);
  }

  private static BigDecimal decimal(JsonNode json, String field) {
    return new BigDecimal(json.path(field).asText());
  }
}
