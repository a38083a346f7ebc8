package io.portfoliostream.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portfoliostream.e2e.stack.PortfolioStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Users trade at random with a broker that lets them down at random, while the server is killed
/// again and again. Afterwards nothing is lost and nothing happened twice.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillNineIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int SEEDS = 5;
  private static final int TRADERS = 3;
  private static final int ORDERS_PER_STAGE = 16;
  private static final Set<String> NEVER_SENT = Set.of("rejected", "failed", "canceled");

  private final PortfolioStack stack =
      PortfolioStack.withoutPage("kill-nine", SEEDS * TRADERS, "--requests-per-minute", "0");
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(TRADERS);

  @AfterAll
  void stop() {
    timer.shutdownNow();
    stack.close();
  }

  /// REQ-10: each order that was acknowledged is at the broker exactly once or visibly ended, each
  /// execution is booked once, and both sides agree on everything.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void nothingIsLostAndNothingHappensTwice(int seed) {
    var chance = new Random(seed);
    var traders = traders(seed);
    traders.forEach(timer::execute);

    try {
      for (var kills = 2 + chance.nextInt(2); kills > 0; kills--) {
        trade(traders, chance, 1 + chance.nextInt(ORDERS_PER_STAGE));
        stack.killServer();
        stack.startServer();
      }
      trade(traders, chance, ORDERS_PER_STAGE / 2);
    } finally {
      traders.forEach(Trader::rest);
    }
    stack.broker().mendAll();

    traders.forEach(trader -> within("answers").pollInterval(PAUSE).until(trader::repeat));
    traders.stream()
        .map(trader -> CompletableFuture.runAsync(() -> assertSettled(trader), timer))
        .toList()
        .forEach(CompletableFuture::join);
  }

  private List<Trader> traders(int seed) {
    var traders = new ArrayList<Trader>();
    for (var number = 1; number <= TRADERS; number++) {
      var name = "load%04d".formatted((seed - 1) * TRADERS + number);
      var chance = new Random(1_000L * seed + number);
      traders.add(new Trader(name, stack.signIn(name, "load"), chance, timer));
    }
    return traders;
  }

  /// Lets the traders send so many orders, and something go wrong with every second.
  private void trade(List<Trader> traders, Random chance, int orders) {
    var mischief = new Mischief(stack.broker(), chance);
    var until = sent(traders) + orders;
    for (var mark = sent(traders) + 2; mark < until; mark += 2) {
      awaitSent(traders, mark);
      mischief.strike(traders.get(chance.nextInt(TRADERS)).name());
    }
    awaitSent(traders, until);
  }

  private static void awaitSent(List<Trader> traders, int count) {
    within("orders sent").pollInterval(POLL).until(() -> sent(traders) >= count);
  }

  private static int sent(List<Trader> traders) {
    return traders.stream().mapToInt(Trader::sent).sum();
  }

  private void assertSettled(Trader trader) {
    var name = trader.name();
    assertThat(trader.refused()).as("valid orders of " + name + " refused").isEmpty();
    within("agreement")
        .pollInterval(PAUSE)
        .untilAsserted(() -> {
          assertThat(trader.user().sync().status()).as("comparison of " + name).isEqualTo(200);
          Agreement.assertHolds(stack, name, name);
          assertDecided(trader);
        });
  }

  /// Each acknowledged order is at the broker once, or was ended before it got there.
  private void assertDecided(Trader trader) {
    var broker = stack.broker().book(trader.name());
    for (var accepted : trader.accepted().entrySet()) {
      var order = accepted.getValue();
      var what = "order %s of key %s".formatted(order, accepted.getKey());
      var status = stack.database().orderStatus(trader.name(), order).getFirst();
      if (broker.orders(order).isEmpty()) {
        assertThat(status).as(what).isIn(NEVER_SENT);
      } else {
        assertThat(broker.orders(order)).as(what).hasSize(1);
      }
    }
    assertThat(trader.accepted().values()).doesNotHaveDuplicates();
  }

  private static ConditionFactory within(String what) {
    return await(what).atMost(PATIENCE);
  }
}
