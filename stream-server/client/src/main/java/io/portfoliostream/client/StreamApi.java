package io.portfoliostream.client;

import static java.util.Objects.requireNonNull;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Rest;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The REST calls of the streaming API, one method each.
///
/// Every method blocks until the answer is there, for the timeout at most, and throws a
/// [StreamApiException] otherwise. Safe for any number of threads.
public final class StreamApi {
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:%a-z]{2,64}");
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final Exchange exchange;

  /// Calls to the server at `server`.
  ///
  /// @param timeout how long one call may take as a whole
  public StreamApi(HttpClient http, URI server, Duration timeout) {
    this.exchange = new Exchange(http, server, timeout);
  }

  /// Signs in.
  public SessionCookie login(String username, String password) {
    return login(username, password, null);
  }

  /// Signs in for someone who sits at another address.
  ///
  /// @param clientAddress told to the server, which believes it of configured proxies only
  public SessionCookie login(String username, String password, @Nullable String clientAddress) {
    var body = new Rest.Login(requireNonNull(username), requireNonNull(password));
    var request = exchange.request("/api/login", null);
    if (clientAddress != null) {
      if (!ADDRESS.matcher(clientAddress).matches()) {
        throw new IllegalArgumentException("clientAddress is not an address");
      }
      request.header("X-Forwarded-For", clientAddress);
    }
    return cookie(exchange.send(Exchange.post(request, body)));
  }

  /// Signs out: the session and its streams end.
  public void logout(SessionCookie cookie) {
    exchange.send(Exchange.post(exchange.request("/api/logout", cookie), null));
  }

  /// Who is signed in.
  public Rest.Me me(SessionCookie cookie) {
    return get("/api/me", cookie, Rest.Me.class);
  }

  /// The whole portfolio in one consistent read.
  public Rest.Portfolio portfolio(SessionCookie cookie) {
    return get("/api/portfolio", cookie, Rest.Portfolio.class);
  }

  /// Orders, newest first.
  ///
  /// @param status `open`, `closed` or `all`
  /// @param before the last order id of the page before, absent for the first page
  public Rest.Orders orders(
      SessionCookie cookie, String status, int limit, @Nullable String before) {
    var path = "/api/orders?status=" + encoded(status) + "&limit=" + limit + page(before);
    return get(path, cookie, Rest.Orders.class);
  }

  /// Executions, newest first.
  ///
  /// @param before the last execution id of the page before, absent for the first page
  public Rest.Trades trades(SessionCookie cookie, int limit, @Nullable String before) {
    return get("/api/trades?limit=" + limit + page(before), cookie, Rest.Trades.class);
  }

  /// Hands in an order; the answer means booked and queued, the outcome arrives on the stream.
  ///
  /// @param idempotencyKey the same key and body give the same order, however often they are sent
  public Rest.OrderAccepted submit(
      SessionCookie cookie, OrderRequest order, String idempotencyKey) {
    if (!KEY.matcher(idempotencyKey).matches()) {
      throw new IllegalArgumentException("idempotencyKey must be 1 to 255 visible characters");
    }
    var request = exchange.request("/api/orders", cookie).header("Idempotency-Key", idempotencyKey);
    return Exchange.read(exchange.send(Exchange.post(request, order)), Rest.OrderAccepted.class);
  }

  /// How the server is; needs no session. A server that drains says so here too.
  public Rest.Health health() {
    return Exchange.read(
        exchange.sendTolerating(503, exchange.request("/api/health", null).build()),
        Rest.Health.class);
  }

  /// The user's own connections, and whether real time is on for this user.
  public Rest.StreamStatus streamStatus(SessionCookie cookie) {
    return get("/api/stream/status", cookie, Rest.StreamStatus.class);
  }

  private <T> T get(String path, SessionCookie cookie, Class<T> type) {
    return Exchange.read(exchange.send(exchange.request(path, cookie).build()), type);
  }

  private static SessionCookie cookie(HttpResponse<byte[]> answer) {
    for (var line : answer.headers().allValues("Set-Cookie")) {
      try {
        for (var cookie : HttpCookie.parse(line)) {
          if (SessionCookie.isNamed(cookie.getName())) {
            return new SessionCookie(cookie.getValue());
          }
        }
      } catch (IllegalArgumentException e) {
        throw new StreamApiException.BadAnswer("a cookie that cannot be read", null);
      }
    }
    throw new StreamApiException.BadAnswer("signed in, but no " + SessionCookie.NAME, null);
  }

  private static String page(@Nullable String before) {
    return before == null ? "" : "&before=" + encoded(before);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
