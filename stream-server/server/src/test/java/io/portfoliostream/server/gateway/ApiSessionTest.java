package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.AccessRest;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.broker.EquityCurve;
import io.portfoliostream.server.broker.EquityHistory;
import io.portfoliostream.server.market.Asset;
import io.portfoliostream.server.market.Calendars;
import io.portfoliostream.server.marks.Quote;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.Position;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The running server answers as it is described, call by call and message by message.
class ApiSessionTest {
  private static final String LIMIT =
      "{\"symbol\":\"AAPL\",\"side\":\"buy\",\"type\":\"limit\",\"timeInForce\":\"gtc\","
          + "\"qty\":\"5\",\"limitPrice\":\"100\"}";
  private static final String KEYS =
      "{\"environment\":\"paper\",\"keyId\":\"PK1\",\"secret\":\"hush-hush\"}";

  private final GatewayFixture gateway = new GatewayFixture();
  private final ApiDocuments documents = ApiDocuments.load();
  private final ApiContract http = new ApiContract(documents.openapi());
  private final ApiContract stream = new ApiContract(documents.asyncapi());
  private final TreeSet<String> seen = new TreeSet<>();
  private final Opened ada = gateway.session("ada");

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void everyRouteOfTheServerIsDescribedAndNoOther() {
    var routes = new TreeSet<String>();
    for (var resource : gateway.server.resources()) {
      resource.endpoints().keySet().forEach(method -> routes.add(method + " " + resource.path()));
    }

    assertThat(http.operations().keySet()).isEqualTo(routes);
  }

  @Test
  void everyCallIsAnsweredAsDescribed() throws Exception {
    signIn();
    trade();
    read();
    keepTheAccount();
    lookAround();
    administrate();
    keepSessions();

    assertThat(seen).as("answered well at least once").isEqualTo(http.operations().keySet());
  }

  private void signIn() throws IOException {
    var credentials = "{\"username\":\"ada\",\"password\":\"secret of ada\"}";
    login(credentials, 204);
    login(credentials.replace("of", "by"), 401);
    login("{\"username\":\"ada\"}", 422);
    login("{", 400);
    call("GET /api/me", "", 200);
    http.check("GET /api/me", gateway.ask("GET /api/me HTTP/1.1", "Host: localhost"), seen);
    http.check(
        "POST /api/logout", gateway.ask("POST /api/logout HTTP/1.1", "Host: localhost"), seen);
  }

  /// Without a cookie: a login ends the session that comes with it.
  private void login(String body, int status) throws IOException {
    checked("POST /api/login", gateway.post("/api/login", body), status);
  }

  private void trade() throws IOException {
    var order =
        Json.read(key("POST /api/orders", LIMIT, "k1", 202).body(), Rest.OrderAccepted.class);
    call("POST /api/orders", LIMIT, 400);
    key("POST /api/orders", LIMIT.replace("\"5\"", "\"6\""), "k1", 422);
    key("POST /api/orders", "{}", "k2", 422);
    var path = "/api/orders/" + order.order().orderId();
    at("GET /api/orders/{orderId}", path, "", 200);
    at("GET /api/orders/{orderId}", "/api/orders/none", "", 404);
    var changed = at("PATCH /api/orders/{orderId}", path, "{\"limitPrice\":\"101\"}", 202);
    at("PATCH /api/orders/{orderId}", path, "{\"stopPrice\":\"9\"}", 422);
    var newer = Json.read(changed.body(), Rest.OrderAccepted.class).order().orderId();
    at("DELETE /api/orders/{orderId}", "/api/orders/" + newer, "", 202);
    at("DELETE /api/orders/{orderId}", "/api/orders/" + newer, "", 409);
    hold("AAPL", "12");
    hold("TSLA", "-3");
    http.check(
        "DELETE /api/positions/{symbol}",
        send("DELETE", "/api/positions/AAPL", "", "Idempotency-Key: one"),
        seen);
    http.check(
        "DELETE /api/positions/{symbol}",
        send("DELETE", "/api/positions/MSFT", "", "Idempotency-Key: two"),
        seen);
    key("DELETE /api/positions", "", "all", 202);
    call("DELETE /api/positions", "", 400);
  }

  private void read() throws IOException {
    for (var path :
        List.of("portfolio", "positions", "orders", "account", "trades", "corrections")) {
      call("GET /api/" + path, "", 200);
    }
    at("GET /api/orders", "/api/orders?status=none&limit=0", "", 422);
    call("GET /api/portfolio/history", "", 404);
    at("GET /api/portfolio/history", "/api/portfolio/history?period=x", "", 422);
    var now = gateway.clock.instant();
    var point = new EquityCurve.Point(now, BigDecimal.TEN, BigDecimal.ONE, new BigDecimal("0.1"));
    var curve = new EquityCurve("1D", BigDecimal.ONE, LocalDate.of(2026, 11, 20), List.of(point));
    gateway.equity = (_, _) -> Optional.of(new EquityHistory.Told(curve, now));
    call("GET /api/portfolio/history", "", 200);
  }

  private void keepTheAccount() throws IOException {
    call("POST /api/positions/sync", "", 422);
    call("GET /api/broker-account", "", 200);
    call("PUT /api/broker-account", KEYS, 422);
    gateway.kept.connector.accepts("PK1", "PA1", true);
    call("PUT /api/broker-account", KEYS, 200);
    call("GET /api/broker-account", "", 200);
    call("POST /api/positions/sync", "", 200);
    hold("AAPL", "12");
    call("POST /api/positions/sync", "", 200);
    call("GET /api/corrections", "", 200);
    call("DELETE /api/broker-account", "", 204);
    call("DELETE /api/broker-account", "", 404);
    call("GET /api/admin/drift", "", 403);
    http.check(
        "GET /api/admin/drift",
        gateway.get("/api/admin/drift", gateway.session("root", "admin")),
        seen);
  }

  private void lookAround() throws Exception {
    call("GET /api/market/clock", "", 503);
    gateway.marketClock.learn(Calendars.calendar());
    call("GET /api/market/clock", "", 200);
    call("GET /api/assets", "", 422);
    gateway.assets.learn(
        List.of(new Asset("AAPL", "Apple Inc.", "us_equity", "NASDAQ", true, true, true)));
    at("GET /api/assets", "/api/assets?query=app", "", 200);
    call("GET /api/quotes", "", 422);
    var last = new Quote.Last(new BigDecimal("190.50"), gateway.clock.instant());
    gateway.quotes =
        _ -> Map.of("AAPL", new Quote("AAPL", last, null, null, true, Quote.Source.POLL, null));
    at("GET /api/quotes", "/api/quotes?symbols=AAPL", "", 200);
    call("GET /api/health", "", 200);
    call("GET /api/docs", "", 200);
    at("GET /api/docs/{file}", "/api/docs/openapi.yaml", "", 200);
    at("GET /api/docs/{file}", "/api/docs/secrets.yaml", "", 404);
    at("GET /api/docs/examples/{file}", "/api/docs/examples/rest.me.json", "", 200);
    at("GET /api/docs/examples/{file}", "/api/docs/examples/..%2Fopenapi.yaml", "", 404);
    at("GET /api/events", "/api/events?channels=x", "", 422);
    try (var client = new RawSocket(gateway.server.port())) {
      http.check(
          "GET /api/events",
          client.ask(
              RawSocket.request(
                  "GET /api/events HTTP/1.1", "Host: localhost", EdgeFixture.cookie(ada))),
          seen);
      call("GET /api/stream/status", "", 200);
    }
  }

  private void administrate() throws IOException {
    var root = gateway.session("warden", "admin");
    for (var path : List.of("users", "audit", "websocket-stats", "alerts", "realtime")) {
      call("GET /api/admin/" + path, "", 403);
      http.check("GET /api/admin/" + path, gateway.get("/api/admin/" + path, root), seen);
    }
    as(root, "POST /api/admin/users", "/api/admin/users", "{\"username\":\"grace\"}", 201);
    as(root, "POST /api/admin/users", "/api/admin/users", "{\"username\":\"grace\"}", 409);
    as(root, "POST /api/admin/users", "/api/admin/users", "{}", 422);
    var user = "/api/admin/users/" + ada.identity().user().value();
    as(root, "PATCH /api/admin/users/{id}", user, "{\"resetPassword\":true}", 200);
    as(root, "PATCH /api/admin/users/{id}", "/api/admin/users/nobody", "{\"disabled\":true}", 404);
    as(root, "POST /api/admin/users/{id}/disconnect", user + "/disconnect", "", 202);
    as(root, "POST /api/admin/realtime", "/api/admin/realtime", "{\"percent\":50}", 200);
    as(root, "POST /api/admin/realtime", "/api/admin/realtime", "{\"percent\":101}", 422);
    as(root, "POST /api/admin/drain", "/api/admin/drain", "", 202);
  }

  private void keepSessions() throws IOException {
    var bob = gateway.session("bob");
    http.check("GET /api/sessions", gateway.get("/api/sessions", bob), seen);
    as(bob, "DELETE /api/sessions/{id}", "/api/sessions/none", "", 404);
    var change = "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}";
    as(bob, "POST /api/password", "/api/password", change.formatted("wrong", "a longer one"), 422);
    as(
        bob,
        "POST /api/password",
        "/api/password",
        change.formatted("secret of bob", "correct horse battery"),
        204);
    var sessions =
        Json.read(gateway.get("/api/sessions", bob).body(), AccessRest.Sessions.class).sessions();
    as(bob, "DELETE /api/sessions/{id}", "/api/sessions/" + sessions.getFirst().id(), "", 204);
  }

  @Test
  void everyMessageOfTheStreamIsAsDescribed() throws Exception {
    send("POST", "/api/orders", LIMIT, "Idempotency-Key: k0");
    try (var client = EventClient.open(gateway.server.port(), ada, "");
        var socket = new RawSocket(gateway.server.port())) {
      assertThat(socket.ask(RawSocket.upgrade(EdgeFixture.cookie(ada))).status()).isEqualTo(101);
      socket.text("nonsense").text("{\"type\":\"ping\",\"id\":\"7\"}");
      socket
          .text("{\"type\":\"subscribe\"}")
          .text("{\"type\":\"resume\",\"epoch\":\"x\",\"seq\":0}");
      for (var type : List.of("welcome", "error", "pong", "subscribed", "subscribed")) {
        message(type, next(socket));
      }
      message("welcome", client.next("welcome").data());
      message("subscribed", client.next("subscribed").data());
      send("POST", "/api/orders", LIMIT, "Idempotency-Key: k1");
      message("order_update", next(socket));
      message("order_update", client.next("order_update").data());
      hold("AAPL", "12");
      message("position_update", next(socket));
      gateway.server.drain();
      gateway.hub.close();
      message("shutdown", next(socket));
      client.next("position_update");
      message("shutdown", client.next("shutdown").data());
      var close = ApiContract.json("{\"$ref\":\"#/components/schemas/event.close\"}");
      assertThat(stream.flaws(close, client.next("close").json())).isEmpty();
    }
  }

  private void message(String type, String text) {
    var schema = ApiContract.json("{\"$ref\":\"#/components/schemas/server." + type + "\"}");
    assertThat(stream.flaws(schema, ApiContract.json(text))).as("%s: %s", type, text).isEmpty();
  }

  private static String next(RawSocket client) throws IOException {
    while (true) {
      var frame = client.frame();
      if (frame.opCode() == RawSocket.TEXT && !frame.text().startsWith("{\"type\":\"digest\"")) {
        return frame.text();
      }
    }
  }

  @Test
  void theDescriptionsAreServedToEveryoneAndLoadNothing() throws Exception {
    var page = gateway.ask("GET /api/docs HTTP/1.1", "Host: localhost");
    var openapi = gateway.ask("GET /api/docs/openapi.yaml HTTP/1.1", "Host: localhost");
    var asyncapi = gateway.ask("GET /api/docs/asyncapi.yaml HTTP/1.1", "Host: localhost");

    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none';");
    assertThat(page.body())
        .contains("/api/orders/{orderId}", "Submit an order.")
        .doesNotContain("http:", "https:", "src=", "<script", "<link");
    assertThat(openapi.header("Content-Type")).isEqualTo("application/yaml");
    assertThat(openapi.body()).isEqualTo(documents.openapi());
    assertThat(asyncapi.body()).isEqualTo(documents.asyncapi());
  }

  private void hold(String symbol, String quantity) {
    var now = gateway.clock.instant();
    var position =
        new Position(
            symbol, new BigDecimal(quantity), BigDecimal.TEN, BigDecimal.TEN, null, now, now);
    gateway.ledger.book(
        ada.identity().user(), Cause.STREAM, now, books -> books.record(position, null, null));
  }

  /// Calls an operation whose path has no variable.
  private RawSocket.Response call(String operation, String body, int status) throws IOException {
    return at(operation, operation.substring(operation.indexOf(' ') + 1), body, status);
  }

  private RawSocket.Response key(String operation, String body, String key, int status)
      throws IOException {
    var place = operation.indexOf(' ');
    return checked(
        operation,
        send(
            operation.substring(0, place),
            operation.substring(place + 1),
            body,
            "Idempotency-Key: " + key),
        status);
  }

  private RawSocket.Response at(String operation, String path, String body, int status)
      throws IOException {
    return checked(
        operation, send(operation.substring(0, operation.indexOf(' ')), path, body), status);
  }

  private RawSocket.Response checked(String operation, RawSocket.Response response, int status) {
    assertThat(response.status()).as("%s: %s", operation, response.body()).isEqualTo(status);
    http.check(operation, response, seen);
    return response;
  }

  private void as(Opened who, String operation, String path, String body, int status)
      throws IOException {
    var method = operation.substring(0, operation.indexOf(' '));
    checked(operation, send(who, method, path, body), status);
  }

  private RawSocket.Response send(String method, String path, String body, String... more)
      throws IOException {
    return send(ada, method, path, body, more);
  }

  private RawSocket.Response send(
      Opened who, String method, String path, String body, String... more) throws IOException {
    var headers = new ArrayList<>(List.of("Host: localhost", EdgeFixture.cookie(who)));
    headers.addAll(List.of(more));
    if (!body.isEmpty()) {
      headers.add("Content-Type: application/json");
      headers.add("Content-Length: " + body.length());
    }
    return gateway.send(method + " " + path + " HTTP/1.1", body, headers.toArray(String[]::new));
  }
}
