package io.portfoliostream.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// What many clients of one process can share: an HTTP client and a timer thread.
public final class ClientRuntime implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http;
  private final ScheduledThreadPoolExecutor timers;

  private ClientRuntime(HttpClient http, ScheduledThreadPoolExecutor timers) {
    this.http = http;
    this.timers = timers;
  }

  /// A fresh one; close it after the clients that use it.
  public static ClientRuntime create() {
    var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    var timers =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("portfolio-client-timer").factory());
    timers.setRemoveOnCancelPolicy(true);
    return new ClientRuntime(http, timers);
  }

  /// The shared HTTP client, for a [StreamApi] beside the stream.
  public HttpClient http() {
    return http;
  }

  ScheduledThreadPoolExecutor timers() {
    return timers;
  }

  @Override
  public void close() {
    timers.shutdownNow();
    http.shutdownNow();
  }
}
