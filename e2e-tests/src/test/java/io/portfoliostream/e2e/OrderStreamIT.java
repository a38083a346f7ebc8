package io.portfoliostream.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.SharedStack;
import io.portfoliostream.e2e.stack.StreamChange;
import io.portfoliostream.e2e.stack.StreamRefused;
import io.portfoliostream.e2e.stack.StreamSocket;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The stream as a front end of somebody else sees it: raw messages, and nothing of our client.
@ExtendWith(SharedStack.class)
class OrderStreamIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SUBSCRIBE = "{\"type\":\"subscribe\"}";
  private static final int LIMIT = 5;

  private final PortfolioStack stack;

  OrderStreamIT(PortfolioStack stack) {
    this.stack = stack;
  }

  /// REQ-1, REQ-4, REQ-6: an order's own states, its execution and its position arrive, numbered
  /// without a gap.
  @Test
  void anOrderArrivesWithItsExecutionAndItsPosition() throws StreamRefused, InterruptedException {
    var user = stack.signIn("demo2", "demo2");
    try (var socket = user.openStream()) {
      assertThat(socket.read("welcome", PATIENCE).path("data").path("protocol").asInt()).isOne();
      socket.send(SUBSCRIBE);
      var snapshot = socket.read("subscribed", PATIENCE).path("data");
      var shares = quantity(snapshot.path("snapshot").path("positions").valueStream().toList());

      var order = user.submit("buy", "2", "AMD").path("orderId").asText();

      var messages = readUntilFilled(socket, order);
      var changes = messages.stream().map(StreamChange::of).flatMap(List::stream).toList();
      assertThat(statuses(changes, order)).startsWith("queued").contains("new").endsWith("filled");
      assertThat(executed(changes, order)).isEqualByComparingTo("2");
      assertThat(quantity(positions(changes))).isEqualByComparingTo(shares.add(BigDecimal.TWO));
      assertThat(messages).allSatisfy(message -> assertThat(message.has("timestamp")).isTrue());
      assertNoGap(snapshot.path("seq").asLong(), messages);
    }
  }

  /// What was paid in before the last close is no loss of today.
  @Test
  void theDaysProfitOfAFreshAccountIsThatOfItsPrices() {
    var user = stack.signIn("admin", "admin");
    var account =
        await("the first comparison")
            .atMost(PATIENCE)
            .until(() -> user.get("/api/account").path("account"), told -> told.has("dayPnl"));

    var profit = new BigDecimal(account.path("dayPnl").asText()).abs();
    assertThat(profit).isLessThan(new BigDecimal(account.path("equity").asText()).movePointLeft(1));
  }

  /// REQ-3: a user's sixth connection is refused before the upgrade, and finds a place again when
  /// another one has gone.
  @Test
  void theSixthConnectionIsRefused() throws StreamRefused {
    var user = stack.signIn("admin", "admin");
    await("no stream of earlier tests")
        .atMost(PATIENCE)
        .until(() -> user.get("/api/stream/status").path("connections").isEmpty());
    var open = new ArrayList<StreamSocket>();
    try {
      for (int i = 0; i < LIMIT; i++) {
        open.add(user.openStream());
      }
      var refusal = catchThrowableOfType(StreamRefused.class, user::openStream);
      assertThat(refusal.status()).isEqualTo(429);
      assertThat(refusal.problem().path("code").asText()).isEqualTo("connection_limit");
      assertThat(refusal.problem().path("detail").asText())
          .isEqualTo("Maximum connections exceeded");

      open.removeFirst().close();
      await("room for another").atMost(PATIENCE).until(() -> open.add(user.openStream()));
    } finally {
      open.forEach(StreamSocket::close);
    }
  }

  private static List<JsonNode> readUntilFilled(StreamSocket socket, String order)
      throws InterruptedException {
    return socket.readUntil(
        "filled order",
        PATIENCE,
        message ->
            StreamChange.of(message).stream()
                .anyMatch(change ->
                    change.is("order_update", "orderId", order)
                        && change.is("order_update", "status", "filled")));
  }

  private static List<String> statuses(List<StreamChange> changes, String order) {
    return changes.stream()
        .filter(change -> change.is("order_update", "orderId", order))
        .map(change -> change.data().path("status").asText())
        .toList();
  }

  private static BigDecimal executed(List<StreamChange> changes, String order) {
    return changes.stream()
        .filter(change -> change.is("trade_executed", "orderId", order))
        .map(change -> new BigDecimal(change.data().path("qty").asText()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static List<JsonNode> positions(List<StreamChange> changes) {
    return changes.stream()
        .filter(change -> change.type().equals("position_update"))
        .map(StreamChange::data)
        .toList();
  }

  /// The last quantity of AMD that positions tell.
  private static BigDecimal quantity(List<JsonNode> positions) {
    return positions.stream()
        .filter(position -> position.path("symbol").asText().equals("AMD"))
        .map(position -> new BigDecimal(position.path("quantity").asText()))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static void assertNoGap(long from, List<JsonNode> messages) {
    long seq = from;
    for (var message : messages) {
      assertThat(message.path("prevSeq").asLong()).isEqualTo(seq);
      seq = message.path("seq").asLong();
    }
  }
}
