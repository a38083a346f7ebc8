package io.portfoliostream.simulator.desk;

import java.util.Map;
import java.util.TreeMap;

/// Makes interventions happen and counts them. Safe for use by several threads.
public final class Interventions {
  private final Desk desk;
  private final Map<String, Long> counts = new TreeMap<>();

  /// Interventions at a desk.
  public Interventions(Desk desk) {
    this.desk = desk;
  }

  /// Makes one happen, durably.
  ///
  /// @throws IllegalArgumentException when it names something that is not there
  public void make(Intervention intervention) {
    desk.call(exchange -> {
      intervention.apply(exchange);
      return true;
    });
    synchronized (this) {
      counts.merge(intervention.wire(), 1L, Long::sum);
    }
  }

  /// How often each happened since the simulator began.
  public synchronized Map<String, Long> counts() {
    return Map.copyOf(counts);
  }
}
