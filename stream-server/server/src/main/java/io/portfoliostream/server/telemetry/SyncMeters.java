package io.portfoliostream.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portfoliostream.server.orders.JobQueue.Depth;
import io.portfoliostream.server.sync.Difference;
import io.portfoliostream.server.sync.Explanation;
import io.portfoliostream.server.sync.SyncMetrics;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The meters of the broker side: comparisons, what they corrected, and the work queue.
public final class SyncMeters implements SyncMetrics {
  private final Counter compared;
  private final Counter failed;
  private final MeterRegistry registry;
  private final AtomicLong oldestBrokerEvent = new AtomicLong();
  private final AtomicLong newestBrokerEvent = new AtomicLong();

  /// Meters in `registry`.
  ///
  /// @param depth how much waits in the work queue, without asking the database
  public SyncMeters(MeterRegistry registry, Supplier<Depth> depth) {
    this.registry = registry;
    compared = registry.counter("portfolio.reconciliations", "outcome", "compared");
    failed = registry.counter("portfolio.reconciliations", "outcome", "failed");
    for (var kind : Difference.values()) {
      for (var cause : Explanation.values()) {
        var _ = counter(kind, cause);
      }
    }
    Gauge.builder("portfolio.broker.silence.seconds", oldestBrokerEvent::get)
        .description("Time since the quietest account's stream was last heard")
        .register(registry);
    Gauge.builder("portfolio.broker.last.event.age.seconds", newestBrokerEvent::get)
        .description("Time since any account's stream was last heard")
        .register(registry);
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
  public void corrected(Difference kind, Explanation cause) {
    counter(kind, cause).increment();
  }

  @Override
  public void brokerHeard(long oldest, long newest) {
    oldestBrokerEvent.set(oldest);
    newestBrokerEvent.set(newest);
  }

  /// Faults are drift; what the world did is a correction all the same.
  private Counter counter(Difference kind, Explanation cause) {
    return registry.counter(
        cause.isDrift() ? "portfolio.drift" : "portfolio.corrections",
        "kind",
        kind.word(),
        "cause",
        cause.word());
  }
}
