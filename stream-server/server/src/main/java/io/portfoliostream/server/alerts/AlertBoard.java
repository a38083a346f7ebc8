package io.portfoliostream.server.alerts;

import io.portfoliostream.server.alerts.Alert.State;
import io.portfoliostream.server.bus.Listeners;
import io.portfoliostream.server.bus.Registration;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// All alerts and where they stand. A change is logged once and told to listeners; an alert that
/// goes on firing says nothing more. Safe for any number of threads.
public final class AlertBoard {
  private static final System.Logger LOG = System.getLogger(AlertBoard.class.getName());

  private final History history = new History();
  private final Map<AlertRule, Alert> alerts = new EnumMap<>(AlertRule.class);
  private final Listeners<Alert> listeners = new Listeners<>("an alert");

  /// A board on which nothing fires.
  public AlertBoard(Instant now) {
    for (var rule : AlertRule.values()) {
      alerts.put(rule, new Alert(rule, State.INACTIVE, now, null));
    }
  }

  /// Judges the rules with one more sample.
  public void judge(Sample sample) {
    history.add(sample);
    for (var rule : AlertRule.values()) {
      judge(rule, rule.figure(history), sample.at());
    }
  }

  /// All alerts, in the order of the rules.
  public synchronized List<Alert> alerts() {
    return List.copyOf(alerts.values());
  }

  /// How many fire.
  public long firing() {
    return alerts().stream().filter(Alert::isFiring).count();
  }

  /// The samples that the rules look at.
  public History history() {
    return history;
  }

  /// Hears each alert that begins to fire or is resolved.
  public Registration onChange(Consumer<Alert> listener) {
    return listeners.add(listener);
  }

  private void judge(AlertRule rule, OptionalDouble figure, Instant now) {
    var value = figure.isPresent() ? (Double) figure.getAsDouble() : null;
    var fires = value != null && value > rule.threshold();
    Alert told;
    synchronized (this) {
      var before = alerts.get(rule);
      if (before == null || before.isFiring() == fires) {
        alerts.computeIfPresent(
            rule, (_, known) -> new Alert(rule, known.state(), known.since(), value));
        return;
      }
      told = new Alert(rule, fires ? State.FIRING : State.RESOLVED, now, value);
      alerts.put(rule, told);
    }
    LOG.log(
        fires ? Level.ERROR : Level.INFO,
        "alert {0} {1}: {2} is {3}, threshold {4}",
        rule.word(),
        told.state().word(),
        rule.summary(),
        value == null ? "unknown" : value,
        rule.threshold());
    listeners.tell(told);
  }
}
