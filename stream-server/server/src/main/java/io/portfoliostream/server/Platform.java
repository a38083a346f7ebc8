package io.portfoliostream.server;

import io.portfoliostream.server.sync.Reconciliation.Pause;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Time, chance and threads: the only place where the server gets them from the Java platform.
///
/// @param workers a virtual thread for each task
/// @param timers all deadlines but the streams'
/// @param streamTimer the streams' deadlines, on one thread
record Platform(
    InstantSource clock,
    LongSupplier nanos,
    SecureRandom random,
    ExecutorService workers,
    ScheduledExecutorService timers,
    ScheduledExecutorService streamTimer,
    Pause pause)
    implements AutoCloseable {
  private static final Duration LAST_TASKS = Duration.ofSeconds(5);

  static Platform real() {
    return new Platform(
        InstantSource.system(),
        System::nanoTime,
        new SecureRandom(),
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("worker-", 0).factory()),
        timers("timers", 2),
        timers("stream-timer", 1),
        pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()));
  }

  String newId() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /// 128 random bits in hex.
  String newSecretId() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    timers.shutdownNow();
    streamTimer.shutdownNow();
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(LAST_TASKS.toSeconds(), TimeUnit.SECONDS)) {
        System.getLogger(Platform.class.getName())
            .log(System.Logger.Level.WARNING, "some tasks did not end in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static ScheduledExecutorService timers(String name, int threads) {
    var timers =
        new ScheduledThreadPoolExecutor(
            threads, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }
}
