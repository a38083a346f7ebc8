package io.portfoliostream.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portfoliostream.server.orders.JobQueue.Depth;
import io.portfoliostream.server.sync.Difference;
import io.portfoliostream.server.sync.SyncMetrics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// The meters of the broker side: comparisons, what they corrected, and the work queue.
public final class SyncMeters implements SyncMetrics {
  private final Counter compared;
  private final Counter failed;
  private final Map<Difference, Counter> drift = new EnumMap<>(Difference.class);

  /// Meters in `registry`.
  ///
  /// @param depth how much waits in the work queue, without asking the database
  public SyncMeters(MeterRegistry registry, Supplier<Depth> depth) {
    compared = registry.counter("portfolio.reconciliations", "outcome", "compared");
    failed = registry.counter("portfolio.reconciliations", "outcome", "failed");
    for (var kind : Difference.values()) {
      var tag = kind.name().toLowerCase(Locale.ROOT);
      drift.put(kind, registry.counter("portfolio.drift", "kind", tag));
    }
    Gauge.builder("portfolio.queue.waiting", () -> depth.get().waiting()).register(registry);
    Gauge.builder("portfolio.queue.failed", () -> depth.get().failed()).register(registry);
    Gauge.builder("portfolio.queue.oldest.seconds", () -> depth.get().oldestSeconds())
        .register(registry);
  }

  @Override
  public void compared() {
    compared.increment();
  }

  @Override
  public void comparisonFailed() {
    failed.increment();
  }

  @Override
  public void drift(Difference kind, int count) {
    var counter = drift.get(kind);
    if (counter != null) {
      counter.increment(count);
    }
  }
}
