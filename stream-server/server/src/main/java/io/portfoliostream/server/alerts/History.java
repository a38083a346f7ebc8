package io.portfoliostream.server.alerts;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The samples of the last half hour, oldest first. Safe for any number of threads.
public final class History {
  static final Duration KEPT = Duration.ofMinutes(30);

  private final Deque<Sample> samples = new ArrayDeque<>();

  /// Two samples and what lies between.
  public record Span(Sample from, Sample to) {
    /// How long it is.
    public Duration length() {
      return Duration.between(from.at(), to.at());
    }

    /// What came within it of a timing.
    public Distribution timing(String name) {
      return to.timing(name).since(from.timing(name));
    }
  }

  /// Adds the newest sample.
  public synchronized void add(Sample sample) {
    samples.addLast(sample);
    var horizon = sample.at().minus(KEPT);
    // One sample from before the horizon stays: the half hour begins with it.
    while (samples.size() > 1 && !second().at().isAfter(horizon)) {
      samples.removeFirst();
    }
  }

  /// The last `length` of time, or what there is of it; empty before the first sample.
  public synchronized Optional<Span> last(Duration length) {
    var newest = samples.peekLast();
    if (newest == null) {
      return Optional.empty();
    }
    var begin = newest.at().minus(length);
    var from = newest;
    for (var each : newestFirst()) {
      from = each;
      if (!each.at().isAfter(begin)) {
        break;
      }
    }
    return Optional.of(new Span(from, newest));
  }

  /// The samples of the last `length` of time, newest first.
  synchronized List<Sample> samples(Duration length) {
    var newest = samples.peekLast();
    if (newest == null) {
      return List.of();
    }
    var begin = newest.at().minus(length);
    return newestFirst().stream().filter(each -> !each.at().isBefore(begin)).toList();
  }

  private Sample second() {
    var walk = samples.iterator();
    var _ = walk.next();
    return walk.next();
  }

  private List<Sample> newestFirst() {
    var all = new ArrayList<>(samples);
    Collections.reverse(all);
    return all;
  }
}
