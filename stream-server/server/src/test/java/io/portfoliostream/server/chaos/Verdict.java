package io.portfoliostream.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.ledger.Correction;
import io.portfoliostream.server.ledger.Corrections;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Portfolio;
import io.portfoliostream.server.portfolio.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/// Checks what must be so once the faults are over.
final class Verdict {
  private static final Set<String> ENDED_BEFORE_SENDING =
      Set.of(Order.CANCELED, Order.REJECTED, Order.FAILED);

  private final World world;
  private final Totals totals;
  private final PortfolioReads reads;

  Verdict(World world, Totals totals) {
    this.world = world;
    this.totals = totals;
    this.reads = world.server().ledger.reads();
  }

  /// Fails when anything is not as it must be.
  void pass() {
    for (var client : world.clients) {
      oneComparisonBringsLedgerToBroker(client.user());
    }
    for (var client : world.clients) {
      var user = client.user();
      assertThat(compare(user)).as("found by a comparison of what is the same: " + user).isEmpty();
      assertThat(differences(user)).as("ledger and broker, " + user).isEmpty();
      everyOrderIsWhereItSays(user, client.trader().accepted());
      logHasNoHole(user);
      viewIsTheLedger(client);
    }
    noJobIsLeft();
    for (var each : new Corrections(world.database.dataSource()).counts()) {
      totals.correction(each.kind(), each.cause(), each.count());
    }
  }

  private void oneComparisonBringsLedgerToBroker(UserId user) {
    totals.count(differences(user).isEmpty() ? "same before" : "same after one comparison");
    var found = compare(user);
    assertThat(differences(user))
        .as("ledger and broker, %s, after a comparison that found %s", user, found)
        .isEmpty();
  }

  private List<Correction> compare(UserId user) {
    var found = new AtomicReference<List<Correction>>(List.of());
    FastTime.until(() -> "a comparison can be made", World.PATIENCE, () -> isCompared(user, found));
    return found.get();
  }

  /// The broker may have asked for patience while the faults lasted.
  private boolean isCompared(UserId user, AtomicReference<List<Correction>> found) {
    try {
      found.set(world.server().syncs.compareNow(user).orElseThrow().join());
      return true;
    } catch (CompletionException e) {
      if (e.getCause() instanceof BrokerUnavailable) {
        return false;
      }
      throw e;
    }
  }

  private List<AccountStatement.Difference> differences(UserId user) {
    return AccountStatement.of(reads, user).differences(world.broker.statement(user.value()));
  }

  static void isThereOnce(Map<String, Long> orders) {
    assertThat(orders.values()).as("orders under one client order id").allMatch(n -> n == 1);
  }

  void everyOrderIsWhereItSays(UserId user, Set<String> accepted) {
    var atBroker = world.broker.byClientId(user.value(), true);
    isThereOnce(atBroker);
    for (var id : accepted) {
      var order =
          reads.order(user, id).orElseThrow(() -> new AssertionError("accepted, but lost: " + id));
      if (order.brokerId() == null) {
        assertThat(order.progress().status())
            .as("an order that the broker never answered for: " + order)
            .isIn(ENDED_BEFORE_SENDING);
        assertThat(atBroker).as("given up, but sent: " + order).doesNotContainKey(id);
      } else {
        assertThat(atBroker).as("lost at the broker: " + order).containsKey(id);
      }
    }
    var unasked = new ArrayList<>(world.broker.byClientId(user.value(), false).keySet());
    unasked.removeAll(accepted);
    unasked.removeAll(world.broker.elsewhere());
    unasked.removeIf(id -> reads.order(user, id).isPresent());
    assertThat(unasked).as("orders at the broker that nobody made").isEmpty();
  }

  void logHasNoHole(UserId user) {
    var head = reads.positions(List.of(user)).get(user);
    assertThat(head).isNotNull();
    var bookings =
        reads
            .since(user, head.epoch(), 0, Integer.MAX_VALUE)
            .orElseThrow(() -> new AssertionError("the log of " + user + " has a hole"));
    var folded = Portfolio.empty(user, head.epoch());
    for (var booking : bookings) {
      folded = folded.apply(booking);
    }
    assertThat(folded.seq()).isEqualTo(head.seq());
    assertThat(AccountStatement.of(folded))
        .as("the log, folded")
        .isEqualTo(AccountStatement.of(reads.load(user)));
  }

  void viewIsTheLedger(World.Client client) {
    var user = client.user();
    var view = client.view();
    view.catchUp(reads);
    assertThat(AccountStatement.of(view.portfolio()))
        .as("what the client of " + user + " has")
        .isEqualTo(AccountStatement.of(reads.load(user)));
    totals.count("views: gaps", view.gaps());
    totals.count("views: snapshots", view.snapshots());
  }

  void noJobIsLeft() {
    assertThat(
            world.database.count(
                "select count(*) from job j join customer_order o on o.id = j.order_id"
                    + " where j.state = 'failed' and o.status <> 'failed'"))
        .as("jobs that failed without their order")
        .isZero();
    assertThat(world.database.count("select count(*) from job where state in ('ready', 'running')"))
        .as("jobs left")
        .isZero();
  }
}
