package io.portfoliostream.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Thousands of private portfolios under an open-loop price stream, each user with a connection of
/// their own: latency from the oldest change in a message to its arrival, CPU of the server per
/// position update, memory per connection, and how fast all come back after all were cut at once.
public final class StreamRun {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double KIB = 1024.0;
  private static final double NANOS = 1_000_000_000.0;
  private static final String PATH = "/ws/portfolio";

  private static final Map<String, Integer> DEFAULTS =
      Map.of(
          "--users", 1_000,
          "--positions", 20,
          "--symbols", 500,
          "--ticks", 1_000,
          "--warm-up", 20,
          "--seconds", 30,
          "--runs", 3,
          "--window", 1_000,
          "--max-wait", 400);

  private final int users;
  private final Stack stack;
  private final List<String> cookies;
  private final Tally tally = new Tally();

  private StreamRun(int users, Stack stack) throws SQLException {
    this.users = users;
    this.stack = stack;
    this.cookies = MintedSessions.mint(stack.database(), users);
  }

  /// Runs; options are the keys of the defaults above and `--root`.
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    var options = Arguments.parse(arguments, DEFAULTS);
    var users = options.positive("--users");
    var size =
        new Stack.Size(
            users,
            options.positive("--positions"),
            options.positive("--symbols"),
            options.positive("--ticks"),
            options.root());
    var settings =
        Map.of(
            "WINDOW_MS", String.valueOf(options.positive("--window")),
            "MAX_WAIT_MS", String.valueOf(options.positive("--max-wait")),
            "BROKER_REQUESTS_PER_MINUTE", "60000");
    try (var stack = Stack.start(size, settings)) {
      var run = new StreamRun(users, stack);
      System.out.printf(
          Locale.ROOT,
          "# %,d users x %d positions, %,d ticks/s over %d symbols, window %d ms, wait %d ms%n%n",
          users,
          size.positions(),
          size.ticks(),
          size.symbols(),
          options.positive("--window"),
          options.positive("--max-wait"));
      run.run(options);
    }
  }

  private void run(Arguments options) throws IOException, InterruptedException {
    var pid = stack.serverPid();
    TimeUnit.SECONDS.sleep(options.positive("--warm-up"));
    var before = HeapProbe.of(pid);
    try (var swarm = new Swarm(tally)) {
      var took = connect(swarm, stack.server());
      System.out.printf(Locale.ROOT, "all subscribed after %.1f s%n%n", took.toNanos() / NANOS);
      TimeUnit.SECONDS.sleep(options.positive("--warm-up"));
      header();
      for (var run = 1; run <= options.positive("--runs"); run++) {
        measure(run, options.positive("--seconds"));
      }
      printMemory(before, HeapProbe.of(pid));
      swarm.cutAll();
      var back = connect(swarm, stack.server());
      System.out.printf(
          Locale.ROOT,
          "%nall cut at once; all subscribed again after %.1f s%n",
          back.toNanos() / NANOS);
    }
  }

  private Duration connect(Swarm swarm, URI server) throws IOException, InterruptedException {
    var began = System.nanoTime();
    for (var number = 0; number < users; number++) {
      swarm.open(server, PATH, cookies.get(number), "load%04d".formatted(number + 1));
    }
    while (swarm.subscribed() < users) {
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new IllegalStateException("only " + swarm.subscribed() + " were subscribed");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static void header() {
    System.out.println(
        """
        | run | messages/s | updates/s | KiB/s | p50 ms | p95 ms | p99 ms | max ms | server CPU | \
        CPU µs per update | driver CPU | ended | to a wrong user |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|\
        """);
  }

  private void measure(int run, int seconds) throws IOException, InterruptedException {
    var self = ProcessHandle.current().pid();
    tally.reset();
    var before = ProcessUse.of(stack.serverPid());
    var own = ProcessUse.of(self);
    TimeUnit.SECONDS.sleep(seconds);
    var cpu = ProcessUse.of(stack.serverPid()).cpu().minus(before.cpu());
    var ownCpu = ProcessUse.of(self).cpu().minus(own.cpu());
    var latencies = tally.latencies();
    System.out.printf(
        Locale.ROOT,
        "| %d | %,d | %,d | %,d | %.1f | %.1f | %.1f | %.1f | %.0f %% | %.2f | %.0f %% | %d | %d"
            + " |%n",
        run,
        tally.messages() / seconds,
        tally.updates() / seconds,
        tally.bytes() / seconds / 1024,
        latencies.percentile(50),
        latencies.percentile(95),
        latencies.percentile(99),
        latencies.percentile(100),
        cpu.toMillis() / 10.0 / seconds,
        cpu.toNanos() / 1000.0 / Math.max(1, tally.updates()),
        ownCpu.toMillis() / 10.0 / seconds,
        tally.closed(),
        tally.crossings());
  }

  private void printMemory(HeapProbe before, HeapProbe after) {
    System.out.printf(
        Locale.ROOT,
        """

        | | growth | per connection |
        |---|---|---|
        | heap after collection | %.1f MiB | %.1f KiB |
        | resident | %.1f MiB | %.1f KiB |
        """,
        (after.heap() - before.heap()) / KIB / KIB,
        (after.heap() - before.heap()) / KIB / users,
        (after.resident() - before.resident()) / KIB / KIB,
        (after.resident() - before.resident()) / KIB / users);
  }
}
