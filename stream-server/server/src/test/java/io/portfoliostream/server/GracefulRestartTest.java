package io.portfoliostream.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.client.ClientSettings;
import io.portfoliostream.client.ConnectionState;
import io.portfoliostream.client.PortfolioClient;
import io.portfoliostream.client.SessionCookie;
import io.portfoliostream.client.StreamApiException;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.PositionUpdate;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that is told to end takes its leave and loses nothing.
class GracefulRestartTest {
  private static final int TRADERS = 4;
  private static final long BETWEEN_ORDERS_NANOS = 100_000_000;

  @TempDir Path folder;

  /// A user who hands in one order after the other, each again until it is accepted, and watches.
  private static final class Trader implements AutoCloseable {
    final SessionCookie cookie;
    final PortfolioClient client;
    final Map<String, String> accepted = new ConcurrentHashMap<>();
    final AtomicBoolean enough = new AtomicBoolean();
    final Thread thread;
    final RunningServer stack;

    Trader(RunningServer stack, String name) {
      this.stack = stack;
      this.cookie = stack.signIn(name);
      this.client =
          PortfolioClient.create(ClientSettings.of(stack.address()), cookie, stack.runtime);
      client.start();
      this.thread = Thread.ofVirtual().unstarted(this::trade);
    }

    private void trade() {
      for (var number = 1; !enough.get(); number++) {
        var key = "order-" + number;
        while (!isAccepted(key)) {
          LockSupport.parkNanos(BETWEEN_ORDERS_NANOS);
        }
        LockSupport.parkNanos(BETWEEN_ORDERS_NANOS);
      }
    }

    private boolean isAccepted(String key) {
      try {
        var order = OrderRequest.market("AAPL", "buy", BigDecimal.ONE);
        accepted.put(key, stack.api().submit(cookie, order, key).order().orderId());
        return true;
      } catch (StreamApiException.Refused e) {
        assertThat(e.problem().status()).as(e.problem().toString()).isEqualTo(503);
        return false;
      } catch (StreamApiException e) {
        return false;
      }
    }

    boolean isLive() {
      return client.connection() instanceof ConnectionState.Live;
    }

    List<OrderUpdate> orders() {
      return stack.api().orders(cookie, "all", 500, null).orders();
    }

    @Override
    public void close() {
      enough.set(true);
      client.close();
    }
  }

  /// Zero data loss during disconnects: nothing that was accepted is lost, nothing is done twice,
  /// and every client shows what the ledger holds.
  @Test
  void ordersThatAreHandedInDuringARestartAreAllThereAndEveryClientShowsThem() throws Exception {
    var quickProofs = Map.of("HEARTBEAT_INTERVAL_MS", "500", "DRAIN_MS", "1000");
    try (var stack = new RunningServer(folder, TRADERS, quickProofs)) {
      var traders = new ArrayList<Trader>();
      for (var number = 1; number <= TRADERS; number++) {
        traders.add(new Trader(stack, "load000" + number));
      }
      awaitAll("live", traders, Trader::isLive);
      traders.forEach(trader -> trader.thread.start());
      awaitAll("orders are taken", traders, trader -> trader.accepted.size() >= 5);

      stack.restart();

      var before =
          traders.stream().collect(Collectors.toMap(each -> each, each -> each.accepted.size()));
      awaitAll(
          "orders are taken again",
          traders,
          trader -> trader.accepted.size() >= before.getOrDefault(trader, 0) + 5);
      awaitAll("live again", traders, Trader::isLive);
      for (var trader : traders) {
        trader.enough.set(true);
        trader.thread.join();
      }
      traders.forEach(trader -> assertNothingIsLost(trader));
      var proofs =
          traders.stream()
              .collect(
                  Collectors.toMap(each -> each, each -> each.client.counters().digestsEqual()));
      awaitAll(
          "every view is proven by a digest",
          traders,
          trader -> trader.client.counters().digestsEqual() > proofs.getOrDefault(trader, 0L));
      for (var trader : traders) {
        assertThat(trader.client.counters().digestsDifferent()).isZero();
        assertThat(trader.client.counters().missedEvents()).isZero();
        trader.close();
      }
    }
  }

  private static void assertNothingIsLost(Trader trader) {
    RunningServer.await(
        "every order is filled",
        () ->
            trader.orders().stream()
                .filter(order -> trader.accepted.containsValue(order.orderId()))
                .allMatch(order -> order.status().equals("filled")));
    var ids = trader.orders().stream().map(OrderUpdate::orderId).toList();
    assertThat(ids).doesNotHaveDuplicates().containsAll(trader.accepted.values());
    assertThat(trader.accepted.values()).doesNotHaveDuplicates();
    RunningServer.await("the view is the ledger's", () -> shownIsStored(trader));
    assertThat(trader.client.portfolio().orders())
        .extracting(OrderUpdate::orderId)
        .containsAll(trader.accepted.values());
  }

  private static boolean shownIsStored(Trader trader) {
    var stored = trader.stack.api().portfolio(trader.cookie);
    var shown = trader.client.portfolio();
    return shown.streamPosition().map(at -> at.seq() == stored.seq()).orElse(false)
        && quantities(shown.positions()).equals(quantities(stored.portfolio().positions()));
  }

  private static Map<String, BigDecimal> quantities(List<PositionUpdate> positions) {
    var quantities = new TreeMap<String, BigDecimal>();
    positions.forEach(each -> quantities.put(each.symbol(), each.quantity().stripTrailingZeros()));
    return quantities;
  }

  @Test
  void aNodeThatIsToldToDrainSaysSoRefusesStreamsAndEnds() throws Exception {
    var slow = Map.of("DRAIN_NOTICE_MS", "2000", "DRAIN_MS", "500");
    try (var stack = new RunningServer(folder, 1, slow);
        var trader = new Trader(stack, "load0001")) {
      awaitAll("live", List.of(trader), Trader::isLive);
      var admin = stack.signIn("admin");
      var ended = Thread.ofVirtual().start(() -> awaitEnd(stack.server()));

      assertThat(stack.send("POST", "/api/admin/drain", trader.cookie).statusCode()).isEqualTo(403);
      var begun = System.nanoTime();
      var answer = stack.send("POST", "/api/admin/drain", admin);

      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body()).contains("\"connections\":1", "\"withinMs\":4500");
      RunningServer.await("health says so", () -> health(stack).equals("draining"));
      assertThat(trader.isLive()).isTrue();
      ended.join(Duration.ofSeconds(20));
      assertThat(ended.isAlive()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
      assertThat(trader.isLive()).isFalse();
    }
  }

  private static String health(RunningServer stack) {
    return stack.api().health().status();
  }

  private static void awaitEnd(StreamServer server) {
    try {
      server.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitAll(String claim, List<Trader> traders, Predicate<Trader> condition) {
    RunningServer.await(claim, () -> traders.stream().allMatch(condition));
  }
}
