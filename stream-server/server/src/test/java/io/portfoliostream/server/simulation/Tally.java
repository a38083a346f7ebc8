package io.portfoliostream.server.simulation;

import io.portfoliostream.server.simulation.Faults.Kind;
import java.util.Map;
import java.util.TreeMap;

/// How often things happened, over all seeds: a simulation in which nothing goes wrong proves
/// nothing.
final class Tally {
  private final Map<Kind, Integer> faults = Faults.none();
  private final Map<String, Integer> others = new TreeMap<>();

  Map<Kind, Integer> faults() {
    return faults;
  }

  void count(String what) {
    count(what, 1);
  }

  void count(String what, int times) {
    others.merge(what, times, Integer::sum);
  }

  int of(Kind kind) {
    return faults.getOrDefault(kind, 0);
  }

  int of(String what) {
    return others.getOrDefault(what, 0);
  }

  @Override
  public String toString() {
    return faults + " " + others;
  }
}
