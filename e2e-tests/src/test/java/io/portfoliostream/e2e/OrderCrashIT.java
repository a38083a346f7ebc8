package io.portfoliostream.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portfoliostream.e2e.stack.BrokerBook.Stand;
import io.portfoliostream.e2e.stack.BrokerBook.Traded;
import io.portfoliostream.e2e.stack.LedgerDatabase.Fill;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.ServerSession;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The server dies at each stage of an order's way: `kill -9`, with nothing said to anybody. What
/// the broker believes is read from the simulator.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderCrashIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration HELD = Duration.ofMillis(1500);
  private static final Map<String, Integer> ALWAYS = Map.of("times", 0);
  private static final BigDecimal SHARES = new BigDecimal("3");

  private final PortfolioStack stack = PortfolioStack.withoutPage("order-crash", 3);

  @AfterAll
  void stop() {
    stack.close();
  }

  /// An order that was stored and never reached the broker is submitted after the return.
  @Test
  void anOrderThatWasOnlyStoredReachesTheBrokerOnce() {
    var name = "load0001";
    var user = stack.signIn(name, "load");
    stack.broker().fault(name, "refuse", ALWAYS);

    var order = buy(user);
    within("an attempt that failed").until(() -> stack.broker().happened(name, "refuse") > 0);
    stack.killServer();

    assertUnanswered(name, order);
    assertThat(stack.broker().book(name).orders(order)).isEmpty();
    restart();
    assertFilledOnce(name, user, order);
  }

  /// An order that the broker took without telling is found there and not sent again.
  @Test
  void anOrderThatWasSubmittedAndNotAnsweredIsFilledOnce() {
    var name = "load0002";
    var user = stack.signIn(name, "load");
    stack.broker().fault(name, "swallow", ALWAYS);
    stack.broker().fault(name, "accept-then-timeout", Map.of("delayMs", 60_000));

    var order = buy(user);
    within("the order at the broker").until(() -> isAtBroker(name, order));
    stack.killServer();

    assertUnanswered(name, order);
    restart();
    assertFilledOnce(name, user, order);
  }

  /// An order whose answer arrived and was not booked yet is found and not sent again.
  @Test
  void anOrderThatWasAnsweredAndNotBookedIsFilledOnce() {
    var name = "load0003";
    var user = stack.signIn(name, "load");
    stack.broker().fault(name, "swallow", ALWAYS);
    stack.broker().fault(name, "hold-reply", Map.of("delayMs", HELD.toMillis()));

    var order = buy(user);
    within("the order at the broker").until(() -> isAtBroker(name, order));
    try (var _ = stack.database().hold(name)) {
      var made = stack.broker().book(name).made(order).getFirst();
      var answered = Instant.parse(made).plus(HELD);
      within("the booking of the answer").until(() -> stack.database().waiting(answered) > 0);
      stack.killServer();
    }

    assertUnanswered(name, order);
    restart();
    assertFilledOnce(name, user, order);
  }

  private static String buy(ServerSession user) {
    return user.submit("buy", SHARES.toPlainString(), "DIS").path("orderId").asText();
  }

  private boolean isAtBroker(String account, String order) {
    return !stack.broker().book(account).orders(order).isEmpty();
  }

  /// What the dead server left behind: the order queued, its job in the middle of an attempt.
  private void assertUnanswered(String username, String order) {
    assertThat(stack.database().orderStatus(username, order)).containsExactly("queued");
    assertThat(stack.database().stands(username)).isEmpty();
    assertThat(stack.database().jobs(order))
        .singleElement()
        .asString()
        .matches("(running|ready) [1-9]");
  }

  private void restart() {
    stack.broker().mendAll();
    stack.startServer();
  }

  private void assertFilledOnce(String name, ServerSession user, String order) {
    within("the order filled").until(() -> user.statusOf(order).equals("filled"));
    within("agreement").untilAsserted(() -> Agreement.assertHolds(stack, name, name));
    var broker = stack.broker().book(name);
    assertThat(broker.orders(order)).containsExactly(new Stand("filled", SHARES));
    assertThat(broker.executions(order)).isNotEmpty();
    var fills = stack.database().fills(name, order);
    assertThat(fills.stream().map(Fill::id))
        .containsExactlyInAnyOrderElementsOf(
            broker.executions(order).stream().map(Traded::id).toList());
    assertThat(fills.stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(SHARES);
  }

  private static ConditionFactory within(String what) {
    return await(what).atMost(PATIENCE).pollInterval(POLL);
  }
}
