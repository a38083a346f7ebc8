package io.portfoliostream.server.chaos;

import io.portfoliostream.simulator.faults.FaultKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// How often things happened, over all seeds: a run in which nothing goes wrong proves nothing.
/// Safe for several threads.
final class Totals {
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> faults = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> corrections = new ConcurrentSkipListMap<>();

  void count(String what) {
    count(what, 1);
  }

  void count(String what, long times) {
    add(counts, what, times);
  }

  void fault(FaultKind kind, long times) {
    fault(kind.wire(), times);
  }

  /// Something that went wrong without a fault of the simulator's board.
  void fault(String kind, long times) {
    add(faults, kind, times);
  }

  void correction(String kind, String cause, long times) {
    add(corrections, kind + "/" + cause, times);
  }

  long of(String what) {
    return counts.getOrDefault(what, new LongAdder()).sum();
  }

  long ofFault(String kind) {
    return faults.getOrDefault(kind, new LongAdder()).sum();
  }

  /// All of it on one line.
  @Override
  public String toString() {
    return "%s; faults: %s; corrections: %s"
        .formatted(new TreeMap<>(counts), new TreeMap<>(faults), new TreeMap<>(corrections));
  }

  private static void add(Map<String, LongAdder> map, String what, long times) {
    map.computeIfAbsent(what, _ -> new LongAdder()).add(times);
  }
}
