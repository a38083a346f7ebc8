package io.portfoliostream.server.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portfoliostream.server.alerts.Alert.State;
import io.portfoliostream.server.alerts.AlertBoard;
import java.util.function.BooleanSupplier;

/// The meters of the alerts that the node judges itself.
public final class AlertMeters {
  private AlertMeters() {}

  /// Registers the meters.
  ///
  /// @param open whether the node takes streams
  public static void bind(MeterRegistry registry, AlertBoard board, BooleanSupplier open) {
    Gauge.builder("stream.open", () -> open.getAsBoolean() ? 1 : 0)
        .description("Whether the node takes streams: real time is on, and it does not drain")
        .register(registry);
    for (var alert : board.alerts()) {
      var rule = alert.rule();
      Gauge.builder(
              "portfolio.alert",
              () ->
                  board.alerts().stream()
                      .filter(now -> now.rule() == rule && now.state() == State.FIRING)
                      .count())
          .description("Whether an alert fires on this node")
          .tag("alert", rule.word())
          .register(registry);
    }
  }
}
