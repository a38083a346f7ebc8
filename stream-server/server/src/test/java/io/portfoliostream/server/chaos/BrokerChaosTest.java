package io.portfoliostream.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Whatever the broker lets go wrong, and wherever the server dies, every accepted order is at the
/// broker exactly once or visibly ended, and within one comparison after the faults ledger, broker
/// and every client say the same (`docs/requirements.md`, orders and accounts).
///
/// Time runs [FastTime#FACTOR] times as fast as the real one. What is done and what goes wrong
/// follows from the seed; threads and sockets are real, so that the order in which things meet
/// differs from run to run, and a seed that failed may need some repetitions to fail again.
///
/// ```
/// mvn test -pl stream-server/server -am -Dtest=BrokerChaosTest \
///   -Dsurefire.failIfNoSpecifiedTests=false -Dseeds=2000 -Dseed=1
/// ```
///
/// `seeds` says how many seeds, `seed` which is the first, `lanes` how many run at once. One seed
/// alone writes the log of its server.
class BrokerChaosTest {
  private static final int SEEDS = 200;
  private static final int AT_ONCE = 6;

  /// How often each kind of fault happens at least, over [#SEEDS] seeds.
  private static final long LEAST = 20;

  private static final List<String> NOT_OF_THE_BOARD =
      List.of(
          "bust",
          "correct",
          "transfer",
          "drift",
          "order elsewhere",
          "cancel elsewhere",
          "reject",
          "suspend",
          "database away",
          "standstill");

  private final Totals totals = new Totals();
  private final Map<Long, Throwable> failures = new ConcurrentSkipListMap<>();

  @Test
  void ledgerBrokerAndClientsSayTheSameOnceTheFaultsAreOver() {
    var first = Long.getLong("seed", 1);
    var seeds = Integer.getInteger("seeds", SEEDS);

    try (var complaints = new Complaints(seeds == 1)) {
      try (var runs = Executors.newFixedThreadPool(Integer.getInteger("lanes", AT_ONCE))) {
        LongStream.range(first, first + seeds).forEach(seed -> runs.execute(() -> run(seed)));
      }
      var line = "randomized run: " + totals + "; differences: " + failures.size();
      System.out.println(line);
      assertThat(new TreeMap<>(failures)).as("seeds that failed").isEmpty();
      assertThat(complaints.heard()).as("faults that the server finds in itself").isEmpty();
      if (seeds >= SEEDS) {
        everythingWentWrongOftenEnough(line);
      }
    }
  }

  /// A run in which nothing goes wrong proves nothing.
  private void everythingWentWrongOftenEnough(String line) {
    for (var kind : RandomFaults.KINDS) {
      isOftenEnough(kind.wire(), line);
    }
    NOT_OF_THE_BOARD.forEach(kind -> isOftenEnough(kind, line));
    assertThat(totals.of("crashes")).as("crashes in " + line).isGreaterThan(SEEDS / 2);
    assertThat(totals.of("orders")).as("orders in " + line).isGreaterThan(SEEDS * 5);
  }

  private void isOftenEnough(String kind, String line) {
    assertThat(totals.ofFault(kind)).as(kind + " in " + line).isGreaterThanOrEqualTo(LEAST);
  }

  private void run(long seed) {
    try (var world = new World(seed, totals)) {
      var random = new SplittableRandom(~seed);
      world.run(random.nextInt(40, 70), random.nextInt(4));
      world.heal();
      new Verdict(world, totals).pass();
      totals.count("seeds");
    } catch (Exception | AssertionError e) {
      failures.put(seed, e);
      System.out.println("seed " + seed + " failed; repeat it with " + command(seed) + "\n" + e);
    }
  }

  private static String command(long seed) {
    return "mvn test -pl stream-server/server -am -Dtest=BrokerChaosTest"
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dseeds=1 -Dseed="
        + seed;
  }
}
