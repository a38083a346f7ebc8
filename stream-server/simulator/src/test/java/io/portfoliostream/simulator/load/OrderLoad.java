package io.portfoliostream.simulator.load;

import io.portfoliostream.simulator.DemoAccounts;
import io.portfoliostream.simulator.Main;
import io.portfoliostream.simulator.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Sends orders at a steady rate to a simulator process and tells what became of them.
///
/// The rate is kept whether or not answers come, and a latency begins when the order was due, so a
/// simulator that stalls cannot hide it. Every account has one trading stream and one connection
/// for its orders. Started by hand:
///
/// ```
/// java -cp <test class path> io.portfoliostream.simulator.load.OrderLoad \
///     [rate 500] [accounts 200] [seconds 20] [cpu 1]
/// ```
///
/// With a CPU number the simulator process is bound to that one core (Linux `taskset`).
public final class OrderLoad {
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private final int rate;
  private final int accounts;
  private final Duration length;
  private final URI rest;
  private final LongAdder failures = new LongAdder();
  private final LongAdder streamBytes = new LongAdder();
  private final long[] latencies;
  private final AtomicLong taken = new AtomicLong();

  private OrderLoad(int rate, int accounts, Duration length, URI rest) {
    this.rate = rate;
    this.accounts = accounts;
    this.length = length;
    this.rest = rest;
    this.latencies = new long[Math.toIntExact(rate * (length.toSeconds() + 1))];
  }

  /// Runs a simulator and the load, and prints one line.
  public static void main(String[] arguments) throws Exception {
    int rate = number(arguments, 0, 500);
    int accounts = number(arguments, 1, 200);
    var length = Duration.ofSeconds(number(arguments, 2, 20));
    var folder = Files.createTempDirectory("order-load");
    var process = simulator(folder, accounts, number(arguments, 3, -1));
    try {
      var rest = rest(folder, process);
      new OrderLoad(Math.min(rate, 200), accounts, WARM_UP, rest).run(process, "warm-up");
      new OrderLoad(rate, accounts, length, rest).run(process, "measured");
    } finally {
      process.destroy();
      process.waitFor();
      delete(folder);
    }
  }

  private void run(Process process, String name) throws InterruptedException {
    long cpu = cpuNanos(process);
    long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
    var threads = new ArrayList<Thread>();
    var sockets = new ArrayList<BareClient>();
    for (int account = 1; account <= accounts; account++) {
      int number = account;
      var stream = BareClient.trading(rest, number, streamBytes::add);
      sockets.add(stream);
      threads.add(Thread.startVirtualThread(() -> orders(number, begin)));
    }
    for (var thread : threads) {
      thread.join();
    }
    long took = System.nanoTime() - begin;
    cpu = cpuNanos(process) - cpu;
    sockets.forEach(BareClient::close);
    report(name, took, cpu);
  }

  /// Sends every n-th order of the schedule.
  private void orders(int account, long begin) {
    try (var client = new BareClient(rest)) {
      long total = rate * length.toSeconds();
      for (long order = account - 1L; order < total; order += accounts) {
        long due = begin + order * TimeUnit.SECONDS.toNanos(1) / rate;
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        if (client.order(account) == 200) {
          latencies[(int) taken.getAndIncrement()] = System.nanoTime() - due;
        } else {
          failures.increment();
        }
      }
    } catch (IOException e) {
      failures.increment();
    }
  }

  private void report(String name, long took, long cpu) {
    int count = taken.intValue();
    long[] sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s: %d orders, %d failures, %.0f/s, p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms,"
            + " cpu %.2f ms per order, %.0f %% of a core, %d kB of events%n",
        name,
        count,
        failures.sum(),
        count / (took / 1e9),
        millis(sorted, 0.5),
        millis(sorted, 0.9),
        millis(sorted, 0.99),
        millis(sorted, 1),
        cpu / 1e6 / Math.max(1, count),
        100.0 * cpu / took,
        streamBytes.sum() / 1024);
  }

  private static double millis(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }

  private static long cpuNanos(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static Process simulator(Path folder, int accounts, int cpu) throws IOException {
    var command = new ArrayList<String>();
    if (cpu >= 0) {
      command.addAll(List.of("taskset", "-c", Integer.toString(cpu)));
    }
    command.add(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString());
    command.add("-Xmx512m");
    var more = System.getProperty("simulator.jvm");
    if (more != null) {
      command.addAll(List.of(more.split(" ")));
    }
    command.add("-cp");
    command.add(Objects.requireNonNull(System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of("--data-dir", folder.resolve("state").toString()));
    command.addAll(List.of("--ready-file", folder.resolve("ready.json").toString()));
    command.addAll(List.of("--accounts", Integer.toString(accounts)));
    command.addAll(List.of("--requests-per-minute", "0"));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private static URI rest(Path folder, Process process) throws Exception {
    var ready = folder.resolve("ready.json");
    while (!Files.exists(ready)) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new IOException("the simulator ended with " + process.exitValue());
      }
    }
    var json = Json.parseObject(Files.readString(ready)).orElseThrow();
    return URI.create(json.path("rest").asText());
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static int number(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  /// The keys of a load account as HTTP headers.
  static String headers(int account) {
    return "APCA-API-KEY-ID: %s\r\nAPCA-API-SECRET-KEY: %s\r\n"
        .formatted(DemoAccounts.loadKey(account), DemoAccounts.loadSecret(account));
  }
}
