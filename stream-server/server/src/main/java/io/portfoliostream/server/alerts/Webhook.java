package io.portfoliostream.server.alerts;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Operations;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Posts alerts to an address, one after the other, in the order in which they changed.
///
/// Each is tried [#ATTEMPTS] times and then given up; while one is being sent [#MOST] may wait, and
/// the oldest of more is dropped. The address may hold a secret: it is never logged.
public final class Webhook {
  private static final System.Logger LOG = System.getLogger(Webhook.class.getName());

  static final int MOST = 64;
  static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));
  static final int ATTEMPTS = PAUSES.size() + 1;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI address;
  private final String node;
  private final HttpClient http;
  private final Executor workers;
  private final Pause pause;
  private final Deque<Operations.AlertNotice> waiting = new ArrayDeque<>();
  private boolean sending;

  /// A webhook that was told nothing yet.
  ///
  /// @param node names this node in what is posted
  /// @param workers runs the sending, which blocks
  public Webhook(URI address, String node, HttpClient http, Executor workers, Pause pause) {
    this.address = address;
    this.node = node;
    this.http = http;
    this.workers = workers;
    this.pause = pause;
  }

  /// Waits.
  @FunctionalInterface
  public interface Pause {
    /// Returns after `duration`.
    void await(Duration duration) throws InterruptedException;
  }

  /// Posts an alert, later and on another thread.
  public void tell(Alert alert) {
    var rule = alert.rule();
    var notice =
        new Operations.AlertNotice(
            node,
            rule.word(),
            rule.severity().word(),
            alert.state().word(),
            alert.since(),
            rule.summary(),
            alert.value(),
            rule.threshold());
    synchronized (this) {
      if (waiting.size() >= MOST) {
        waiting.removeFirst();
        LOG.log(Level.WARNING, "an alert was dropped: the webhook is too slow");
      }
      waiting.addLast(notice);
      if (sending) {
        return;
      }
      sending = true;
    }
    workers.execute(this::send);
  }

  private void send() {
    try {
      for (var notice = next(); notice != null; notice = next()) {
        post(notice);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      stop();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the webhook failed by our own fault", e);
      stop();
    }
  }

  private synchronized Operations.@Nullable AlertNotice next() {
    var notice = waiting.pollFirst();
    sending = notice != null;
    return notice;
  }

  private synchronized void stop() {
    sending = false;
  }

  private void post(Operations.AlertNotice notice) throws InterruptedException {
    for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var problem = attempt(notice);
      if (problem == null) {
        return;
      }
      if (attempt == ATTEMPTS) {
        LOG.log(Level.WARNING, "alert {0} could not be posted: {1}", notice.name(), problem);
        return;
      }
      pause.await(PAUSES.get(attempt - 1));
    }
  }

  /// Why it did not work; absent when it did.
  private @Nullable String attempt(Operations.AlertNotice notice) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.write(notice)))
            .build();
    try {
      var status = http.send(request, BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300 ? null : "the webhook answered " + status;
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }
}
