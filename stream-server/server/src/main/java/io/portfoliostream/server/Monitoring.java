package io.portfoliostream.server;

import io.portfoliostream.server.alerts.AlertBoard;
import io.portfoliostream.server.alerts.Webhook;
import io.portfoliostream.server.config.Secret;
import io.portfoliostream.server.telemetry.AlertMeters;
import io.portfoliostream.server.telemetry.Sampler;
import io.portfoliostream.server.telemetry.StatsDesk;
import io.portfoliostream.server.telemetry.Telemetry;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Watches the node: samples its meters every few seconds, judges the alerts by them, and tells a
/// webhook.
final class Monitoring implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Monitoring.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Platform platform;
  private final Sampler sampler;
  private final AlertBoard board;
  private final StatsDesk stats;
  private @Nullable HttpClient http;

  /// @param open whether the node takes streams
  Monitoring(String node, Telemetry telemetry, Platform platform, BooleanSupplier open) {
    this.platform = platform;
    this.sampler = new Sampler(telemetry.registry(), platform.clock(), open);
    this.board = new AlertBoard(platform.clock().instant());
    this.stats = new StatsDesk(node, telemetry.registry(), sampler::sample, board);
    AlertMeters.bind(telemetry.registry(), board, open);
  }

  AlertBoard alerts() {
    return board;
  }

  StatsDesk stats() {
    return stats;
  }

  /// Posts alerts to `address` from now on.
  void post(Secret address, String node) {
    http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(platform.workers())
            .build();
    var webhook =
        new Webhook(
            URI.create(address.value().strip()),
            node,
            http,
            platform.workers(),
            platform.pause()::await);
    board.onChange(webhook::tell);
  }

  /// The first look is the one that later ones are compared with.
  void start() {
    look();
    var _ =
        platform
            .timers()
            .scheduleAtFixedRate(
                this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    if (http != null) {
      http.shutdownNow();
    }
  }

  /// A failure must not end the timer.
  private void look() {
    try {
      board.judge(sampler.sample());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the meters could not be judged", e);
    }
  }
}
