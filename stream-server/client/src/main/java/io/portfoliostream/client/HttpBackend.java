package io.portfoliostream.client;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Rest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The real server, over HTTP.
final class HttpBackend implements Backend {
  private final HttpClient http;
  private final ClientSettings settings;
  private final SessionCookie cookie;
  private final StreamApi api;
  private final Timers timers;

  HttpBackend(HttpClient http, ClientSettings settings, SessionCookie cookie, Timers timers) {
    this.http = http;
    this.settings = settings;
    this.cookie = cookie;
    this.timers = timers;
    this.api = new StreamApi(http, settings.server(), settings.requestTimeout());
  }

  @Override
  public Socket connect(@Nullable String replaces, SocketListener listener) {
    var socket = new JdkSocket(listener, timers);
    socket.open(
        http.newWebSocketBuilder()
            .header("Cookie", cookie.header(settings.server()))
            .connectTimeout(settings.retry().attemptTimeout()),
        address(replaces));
    return socket;
  }

  @Override
  public Rest.Portfolio portfolio() {
    return api.portfolio(cookie);
  }

  @Override
  public Rest.Health health() {
    return api.health();
  }

  @Override
  public Rest.StreamStatus streamStatus() {
    return api.streamStatus(cookie);
  }

  @Override
  public Rest.OrderAccepted submit(OrderRequest order, String idempotencyKey) {
    return api.submit(cookie, order, idempotencyKey);
  }

  private URI address(@Nullable String replaces) {
    var path =
        replaces == null
            ? "/ws/portfolio"
            : "/ws/portfolio?replaces=" + URLEncoder.encode(replaces, StandardCharsets.UTF_8);
    var server = settings.server();
    var scheme = Objects.equals(server.getScheme(), "https") ? "wss" : "ws";
    return URI.create(scheme + "://" + server.getRawAuthority() + path);
  }
}
