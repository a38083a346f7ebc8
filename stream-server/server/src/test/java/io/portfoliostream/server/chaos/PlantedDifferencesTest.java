package io.portfoliostream.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.server.orders.OrderResult;
import io.portfoliostream.server.portfolio.UserId;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The comparison by which [BrokerChaosRun] judges finds a difference of each kind, and the
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
  void cash() {
    plant("update portfolio set cash = cash - 0.01 where user_id = '" + user.value() + "'");

    assertThat(found()).containsExactly("cash");
    compare();
    assertThat(found()).isEmpty();
  }
}
