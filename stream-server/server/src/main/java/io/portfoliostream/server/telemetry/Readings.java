package io.portfoliostream.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.portfoliostream.server.alerts.Distribution;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What the meters of a registry say now, by their names.
record Readings(MeterRegistry registry) {

  /// The sum of the counters with a name.
  long count(String name) {
    return count(name, _ -> true);
  }

  /// The sum of those counters with a name that are wanted.
  long count(String name, Predicate<Meter.Id> wanted) {
    return Math.round(total(name, wanted));
  }

  /// The same, not rounded.
  double total(String name, Predicate<Meter.Id> wanted) {
    double sum = 0;
    for (var counter : registry.find(name).counters()) {
      sum += wanted.test(counter.getId()) ? counter.count() : 0;
    }
    return sum;
  }

  /// The counters with a name, by one of their tags.
  Map<String, Long> counts(String name, String tag) {
    var counts = new TreeMap<String, Long>();
    for (Counter counter : registry.find(name).counters()) {
      var value = counter.getId().getTag(tag);
      counts.merge(value == null ? "" : value, Math.round(counter.count()), Long::sum);
    }
    return counts;
  }

  /// The sum of the gauges with a name; zero where there is none.
  double gauge(String name) {
    return gauge(name, _ -> true);
  }

  /// The sum of those gauges with a name that are wanted.
  double gauge(String name, Predicate<Meter.Id> wanted) {
    double sum = 0;
    for (Gauge gauge : registry.find(name).gauges()) {
      sum += wanted.test(gauge.getId()) ? gauge.value() : 0;
    }
    return sum;
  }

  /// How often the wanted timers with a name were recorded.
  long times(String name, Predicate<Meter.Id> wanted) {
    long sum = 0;
    for (var timer : registry.find(name).timers()) {
      sum += wanted.test(timer.getId()) ? timer.count() : 0;
    }
    return sum;
  }

  /// The wanted timers with a name together, in milliseconds.
  Distribution timing(String name, Predicate<Meter.Id> wanted) {
    var all = Distribution.EMPTY;
    for (var timer : registry.find(name).timers()) {
      if (wanted.test(timer.getId())) {
        all = all.and(distribution(timer));
      }
    }
    return all;
  }

  private static Distribution distribution(Timer timer) {
    var snapshot = timer.takeSnapshot();
    var buckets = snapshot.histogramCounts();
    var bounds = new double[buckets.length];
    var below = new long[buckets.length];
    for (var bucket = 0; bucket < buckets.length; bucket++) {
      bounds[bucket] = buckets[bucket].bucket(TimeUnit.MILLISECONDS);
      below[bucket] = Math.round(buckets[bucket].count());
    }
    return Distribution.of(bounds, below, snapshot.count());
  }
}
