package io.portfoliostream.benchmarks;

import io.portfoliostream.client.StreamApi;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Private portfolios under an open-loop price stream: starts simulator and server as processes,
/// connects every user, and prints latency, traffic and memory as Markdown.
public final class LoadRun {
  private static final String PASSWORD = "load";
  private static final double KIB = 1024.0;

  private LoadRun() {}

  /// Runs once; see [LoadOptions] for the options.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var options = LoadOptions.parse(arguments);
    try (var stack = Stack.start(options.stack(), Map.of());
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build()) {
      run(options, stack, http);
    }
  }

  private static void run(LoadOptions options, Stack stack, HttpClient http)
      throws IOException, InterruptedException {
    var tally = new Tally();
    TimeUnit.SECONDS.sleep(options.warmUpSeconds());
    var before = HeapProbe.of(stack.serverPid());
    var clients = connect(options, stack, http, tally);
    TimeUnit.SECONDS.sleep(options.warmUpSeconds());
    tally.reset();
    TimeUnit.SECONDS.sleep(options.seconds());
    print(options, tally);
    var after = HeapProbe.of(stack.serverPid());
    printMemory(options, before, after);
    clients.forEach(LoadClient::close);
  }

  private static List<LoadClient> connect(
      LoadOptions options, Stack stack, HttpClient http, Tally tally) throws InterruptedException {
    var api = new StreamApi(http, stack.server(), Duration.ofSeconds(30));
    var clients = new ArrayList<LoadClient>();
    for (var number = 1; number <= options.users(); number++) {
      var user = "load%04d".formatted(number);
      var client = new LoadClient(user, tally, InstantSource.system());
      client.open(http, stack.server(), api.login(user, PASSWORD));
      clients.add(client);
    }
    return clients;
  }

  private static void print(LoadOptions options, Tally tally) {
    var latencies = tally.latencies();
    System.out.printf(
        Locale.ROOT,
        """
        # %d users x %d positions, %,d ticks/s over %d symbols, %d s

        | | |
        |---|---|
        | messages with marks | %,d (%.0f/s) |
        | position updates | %,d (%.0f/s) |
        | bytes per user and second | %.0f |
        | latency p50 | %.1f ms |
        | latency p95 | %.1f ms |
        | latency p99 | %.1f ms |
        | latency max | %.1f ms |
        | connections that ended | %d |
        | frames that reached a wrong user | %d |
        """,
        options.users(),
        options.positions(),
        options.ticks(),
        options.symbols(),
        options.seconds(),
        latencies.count(),
        (double) latencies.count() / options.seconds(),
        tally.updates(),
        (double) tally.updates() / options.seconds(),
        (double) tally.bytes() / options.users() / options.seconds(),
        latencies.percentile(50),
        latencies.percentile(95),
        latencies.percentile(99),
        latencies.percentile(100),
        tally.closed(),
        tally.crossings());
  }

  private static void printMemory(LoadOptions options, HeapProbe before, HeapProbe after) {
    System.out.printf(
        Locale.ROOT,
        """
        | server heap before connections | %.1f MiB |
        | server heap growth | %.1f MiB |
        | heap per connection | %.1f KiB |
        | server resident growth | %.1f MiB |
        %n\
        """,
        before.heap() / KIB / KIB,
        (after.heap() - before.heap()) / KIB / KIB,
        (after.heap() - before.heap()) / KIB / options.users(),
        (after.resident() - before.resident()) / KIB / KIB);
  }
}
