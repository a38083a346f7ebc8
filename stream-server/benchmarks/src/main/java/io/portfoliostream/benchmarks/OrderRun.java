package io.portfoliostream.benchmarks;

import io.portfoliostream.client.SessionCookie;
import io.portfoliostream.client.StreamApi;
import io.portfoliostream.protocol.OrderRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Order entry under an open loop: orders come at their rate whatever the server does, while worker
/// and broker carry them out. Prints how long acceptance took, beside plain inserts into the same
/// database in the same run, and whether each order is at the broker exactly once.
public final class OrderRun {
  private static final String PASSWORD = "load";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofMinutes(20);
  private static final int INSERTS_PER_SECOND = 50;
  private static final int PAUSE_SECONDS = 5;

  private static final Map<String, Integer> DEFAULTS =
      Map.of("--users", 250, "--orders", 30_000, "--rate", 500, "--warm-up", 30);

  private final int orders;
  private final int rate;
  private final String keys;
  private final Latencies acceptance = new Latencies();
  private final Latencies inserts = new Latencies();
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();

  private OrderRun(int orders, int rate, String keys) {
    this.orders = orders;
    this.rate = rate;
    this.keys = keys;
  }

  /// Runs once; options are `--users`, `--orders`, `--rate`, `--warm-up` and `--root`.
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    var options = Arguments.parse(arguments, DEFAULTS);
    var users = options.positive("--users");
    var size = new Stack.Size(users, 1, 30, 50, options.root());
    var run = new OrderRun(options.positive("--orders"), options.positive("--rate"), "order-");
    try (var stack = Stack.start(size, Map.of("BROKER_REQUESTS_PER_MINUTE", "60000"));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build()) {
      var api = new StreamApi(http, stack.server(), PATIENCE);
      var sessions = signIn(api, users);
      run.warmUp(options.positive("--warm-up"), api, sessions, threads);
      run.run(stack, api, sessions, threads);
    }
  }

  /// One after the other: the server hashes two passwords at once and refuses who waits too long.
  private static List<SessionCookie> signIn(StreamApi api, int users) {
    var sessions = new ArrayList<SessionCookie>();
    for (var number = 1; number <= users; number++) {
      sessions.add(api.login("load%04d".formatted(number), PASSWORD));
    }
    return sessions;
  }

  /// Lets the virtual machines compile what they will run, at a quarter of the rate.
  private void warmUp(
      int seconds, StreamApi api, List<SessionCookie> sessions, ExecutorService threads)
      throws InterruptedException {
    var slow = new OrderRun(seconds * rate / 4, Math.max(1, rate / 4), "warm-up-");
    slow.openLoop(System.nanoTime(), api, sessions, threads);
    accepted.addAll(slow.accepted);
    TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
  }

  private void run(
      Stack stack, StreamApi api, List<SessionCookie> sessions, ExecutorService threads)
      throws InterruptedException, SQLException, IOException {
    try (var database = new OrderDatabase(stack.database())) {
      var inserting =
          threads.submit(() -> database.insertPlainly(inserts, orders / rate, INSERTS_PER_SECOND));
      var began = System.nanoTime();
      openLoop(began, api, sessions, threads);
      awaitDone(inserting);
      var sent = System.nanoTime();
      var drained = database.awaitDrained(DRAIN);
      var drainedAfter = (System.nanoTime() - began) / 1_000_000_000.0;
      print(sessions.size(), (sent - began) / 1_000_000_000.0, drained, drainedAfter);
      new OrderTruth(stack.simulator()).compare(accepted, database.rejected(), sessions.size());
    }
  }

  /// Latency counts from when an order was due, not from when it could be sent.
  private void openLoop(
      long began, StreamApi api, List<SessionCookie> sessions, ExecutorService threads)
      throws InterruptedException {
    var tasks = new ArrayList<Future<?>>();
    for (var number = 0; number < orders; number++) {
      var due = began + number * 1_000_000_000L / rate;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      var order = number;
      tasks.add(threads.submit(() -> submit(api, sessions, order, due)));
    }
    for (var task : tasks) {
      awaitDone(task);
    }
  }

  private static void awaitDone(Future<?> task) throws InterruptedException {
    while (!task.isDone()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void submit(StreamApi api, List<SessionCookie> sessions, int number, long due) {
    var side = number / sessions.size() % 2 == 0 ? "buy" : "sell";
    var request = OrderRequest.market("F", side, BigDecimal.ONE);
    try {
      var answer = api.submit(sessions.get(number % sessions.size()), request, keys + number);
      acceptance.add((System.nanoTime() - due) / 1_000);
      accepted.add(answer.order().clientOrderId());
    } catch (RuntimeException e) {
      refused.incrementAndGet();
    }
  }

  private void print(int users, double sentAfter, boolean drained, double drainedAfter) {
    System.out.printf(
        Locale.ROOT,
        """
        # %,d orders at %d/s over %d accounts

        | | order accepted | plain insert |
        |---|---|---|
        | count | %,d | %,d |
        | p50 | %.1f ms | %.1f ms |
        | p95 | %.1f ms | %.1f ms |
        | p99 | %.1f ms | %.1f ms |
        | max | %.1f ms | %.1f ms |

        | | |
        |---|---|
        | not accepted | %d |
        | all sent after | %.1f s |
        | queue drained | %s, after %.1f s |
        """,
        orders,
        rate,
        users,
        acceptance.count(),
        inserts.count(),
        acceptance.percentile(50),
        inserts.percentile(50),
        acceptance.percentile(95),
        inserts.percentile(95),
        acceptance.percentile(99),
        inserts.percentile(99),
        acceptance.percentile(100),
        inserts.percentile(100),
        refused.get(),
        sentAfter,
        drained ? "yes" : "NO",
        drainedAfter);
  }
}
