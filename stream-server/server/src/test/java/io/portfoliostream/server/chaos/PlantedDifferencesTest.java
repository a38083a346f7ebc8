package io.portfoliostream.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.server.ledger.OrderFilter;
import io.portfoliostream.server.orders.OrderResult;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.simulator.broker.Side;
import io.portfoliostream.simulator.broker.Ticket;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The comparison by which [BrokerChaosTest] judges finds a difference of each kind, and the
/// server's own comparison corrects each.
class PlantedDifferencesTest {
  private final World world = world();
  private final UserId user = world.clients.getFirst().user();

  private static World world() {
    try {
      return new World(1, new Totals());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void aUserWhoTraded() {
    var order = OrderRequest.market("AAPL", "buy", BigDecimal.TEN);
    assertThat(world.server().entry.submit(user, order, "k1"))
        .isInstanceOf(OrderResult.Accepted.class);
    world.heal();
    compare();
    compare();
    assertThat(found()).isEmpty();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void compare() {
    var _ = world.server().syncs.compareNow(user).orElseThrow().join();
  }

  private List<AccountStatement.Difference> differences() {
    return AccountStatement.of(world.server().ledger.reads(), user)
        .differences(world.broker.statement(user.value()));
  }

  private Set<String> found() {
    return differences().stream()
        .map(AccountStatement.Difference::kind)
        .collect(Collectors.toSet());
  }

  private void plant(String sql) {
    world.database.execute(sql);
  }

  @Test
  void anOrderThatStandsOtherwise() {
    plant(
        "update customer_order set body = jsonb_set(body, '{progress,status}', '\"new\"')"
            + " where status = 'filled'");

    assertThat(found()).containsExactly("order");
    compare();
    assertThat(found()).isEmpty();
  }

  @Test
  void anOrderThatIsMissing() {
    plant("delete from customer_order where status = 'filled'");

    assertThat(found()).containsExactly("order");
  }

  @Test
  void anExecutionThatIsMissing() {
    plant("delete from execution where body ->> 'symbol' = 'AAPL'");

    assertThat(found()).containsExactly("execution");
    compare();
    assertThat(found()).isEmpty();
  }

  @Test
  void anExecutionThatNeverWas() {
    plant(
        "insert into execution (user_id, id, order_id, broker_order_id, symbol, quantity, price,"
            + " cumulative, executed_at, body, seq) select user_id, 'planted', order_id,"
            + " broker_order_id, symbol, quantity, price, cumulative, executed_at,"
            + " jsonb_set(body, '{id}', '\"planted\"'), seq from execution limit 1");

    assertThat(found()).containsExactly("execution");
  }

  @Test
  void aPosition() {
    plant("update position set quantity = quantity + 1 where symbol = 'AAPL'");

    assertThat(found()).containsExactly("position");
    compare();
    assertThat(found()).isEmpty();
  }

  @Test
  void anEntryPrice() {
    plant(
        "update position set average_entry_price = average_entry_price + 0.01"
            + " where symbol = 'AAPL'");

    assertThat(found()).containsExactly("entry_price");
    compare();
    assertThat(found()).isEmpty();
  }

  @Test
  void anAcceptedOrderThatIsLost() {
    isFound("accepted, but lost", () -> judge(Set.of("lost")));
  }

  @Test
  void anOrderThatWasGivenUpThoughItWasSent() {
    plant(
        "update customer_order set body ="
            + " jsonb_set(body - 'brokerId', '{progress,status}', '\"failed\"')");

    isFound("given up, but sent", () -> judge(ours()));
  }

  @Test
  void anOrderThatTheLedgerHasAndTheBrokerHasNot() {
    plant(
        "insert into customer_order select 'planted', user_id, 'planted', 'planted', symbol, side,"
            + " status, open, submitted_at, updated_at,"
            + " body || '{\"id\": \"planted\", \"brokerId\": \"planted\"}', touched"
            + " from customer_order limit 1");

    assertThat(found()).containsExactly("order");
    isFound("lost at the broker", () -> judge(Set.of("planted")));
  }

  @Test
  void anOrderThatNobodyMade() {
    var ticket = Ticket.market("stranger", "AAPL", Side.BUY, BigDecimal.ONE);
    var _ = world.simulator.call(exchange -> exchange.submit(user.value(), ticket));

    isFound("that nobody made", () -> judge(ours()));
  }

  @Test
  void twoOrdersUnderOneId() {
    isFound("orders under one client order id", () -> Verdict.isThereOnce(Map.of("id", 2L)));
  }

  @Test
  void aHoleInTheLog() {
    plant("delete from portfolio_event where seq = 1 and user_id = '" + user.value() + "'");

    isFound("has a hole", () -> verdict().logHasNoHole(user));
  }

  @Test
  void anEventThatTheLogTellsOtherwise() {
    plant(
        "update portfolio_event set body = jsonb_set(body, '{order,progress,status}', '\"new\"')");

    isFound("the log, folded", () -> verdict().logHasNoHole(user));
  }

  @Test
  void aViewThatIsNotTheLedger() {
    world.clients.getFirst().view().catchUp(world.server().ledger.reads());
    plant("update position set quantity = quantity + 1 where symbol = 'AAPL'");

    isFound("what the client of", () -> verdict().viewIsTheLedger(world.clients.getFirst()));
  }

  @Test
  void aJobThatIsLeft() {
    plant("update job set state = 'running', lease_until = now() + interval '1 day'");

    isFound("jobs left", () -> verdict().noJobIsLeft());
  }

  @Test
  void aJobThatFailedWithoutItsOrder() {
    plant("update job set state = 'failed'");

    isFound("jobs that failed", () -> verdict().noJobIsLeft());
  }

  private Verdict verdict() {
    return new Verdict(world, new Totals());
  }

  private void judge(Set<String> accepted) {
    verdict().everyOrderIsWhereItSays(user, accepted);
  }

  private Set<String> ours() {
    var filter = new OrderFilter(OrderFilter.Status.ALL, 10, null);
    return world.server().ledger.reads().orders(user, filter).stream()
        .map(Order::id)
        .collect(Collectors.toSet());
  }

  private static void isFound(String what, ThrowingCallable check) {
    assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContaining(what);
  }

  @Test
  void cash() {
    plant("update portfolio set cash = cash - 0.01 where user_id = '" + user.value() + "'");

    assertThat(found()).containsExactly("cash");
    compare();
    assertThat(found()).isEmpty();
  }
}
