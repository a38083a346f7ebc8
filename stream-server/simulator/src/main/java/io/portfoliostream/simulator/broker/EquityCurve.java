package io.portfoliostream.simulator.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What an account was worth over time: each day's close, and the last thirty days more closely.
///
/// Not thread-safe: it belongs to an account book.
public final class EquityCurve {
  private static final Duration INTRADAY = Duration.ofDays(30);

  private final NavigableMap<Instant, EquityPoint> points = new TreeMap<>();
  private final List<EquityPoint> fresh = new ArrayList<>();

  EquityCurve(List<EquityPoint> saved) {
    saved.forEach(point -> points.put(point.at(), point));
  }

  /// The last point not after an instant.
  public Optional<EquityPoint> at(Instant instant) {
    return Optional.ofNullable(points.floorEntry(instant)).map(Map.Entry::getValue);
  }

  /// The last close before an instant.
  public Optional<EquityPoint> closeBefore(Instant instant) {
    return points.headMap(instant, false).descendingMap().values().stream()
        .filter(EquityPoint::close)
        .findFirst();
  }

  /// The first point of all.
  public Optional<EquityPoint> first() {
    return Optional.ofNullable(points.firstEntry()).map(Map.Entry::getValue);
  }

  void add(EquityPoint point) {
    if (!point.close() && points.containsKey(point.at())) {
      return;
    }
    points.put(point.at(), point);
    fresh.add(point);
    points.headMap(point.at().minus(INTRADAY), false).values().removeIf(old -> !old.close());
  }

  /// Points that were not saved yet.
  List<EquityPoint> takeFresh() {
    var taken = List.copyOf(fresh);
    fresh.clear();
    return taken;
  }

  boolean hasFresh() {
    return !fresh.isEmpty();
  }

  void replay(List<EquityPoint> saved) {
    saved.forEach(this::add);
    fresh.clear();
  }

  List<EquityPoint> points() {
    return List.copyOf(points.values());
  }
}
