package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.OrderUpdate;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.gateway.RawSocket.Response;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestTest {
  private static final String LOGIN = "{\"username\":\"ada\",\"password\":\"secret of ada\"}";
  private static final String BUY =
      "{\"symbol\":\"AAPL\",\"side\":\"buy\",\"type\":\"market\",\"timeInForce\":\"day\","
          + "\"qty\":\"5\"}";

  private final GatewayFixture gateway = new GatewayFixture();

  @AfterEach
  void stop() {
    gateway.close();
  }

  /// REQ-1: the session of a sign-in opens what is behind it, until the sign-out.
  @Test
  void signingInGivesACookieThatWorksUntilTheSignOut() throws Exception {
    gateway.session("ada");

    var login = gateway.post("/api/login", LOGIN);

    assertThat(login.status()).isEqualTo(204);
    assertThat(login.header("Set-Cookie"))
        .matches("portfolio_session=[\\w-]{43}; Max-Age=28800; Path=/; HttpOnly; SameSite=Strict");
    var cookie = "Cookie: " + login.header("Set-Cookie").split(";", 2)[0];
    var me = gateway.ask("GET /api/me HTTP/1.1", "Host: localhost", cookie);
    assertThat(me.status()).isEqualTo(200);
    assertThat(Json.read(me.body(), Rest.Me.class).username()).isEqualTo("ada");
    assertThat(Json.read(me.body(), Rest.Me.class).roles()).containsExactly("trader");

    var logout = gateway.ask("POST /api/logout HTTP/1.1", "Host: localhost", cookie);
    assertThat(logout.status()).isEqualTo(204);
    assertThat(logout.header("Set-Cookie")).startsWith("portfolio_session=; Max-Age=0");
    problem(gateway.ask("GET /api/me HTTP/1.1", "Host: localhost", cookie), 401);
  }

  @Test
  void signingOutWithoutASessionIsFine() throws Exception {
    assertThat(gateway.ask("POST /api/logout HTTP/1.1", "Host: localhost").status()).isEqualTo(204);
  }

  @Test
  void unknownUserAndWrongPasswordGetTheSameAnswer() throws Exception {
    gateway.session("ada");

    var wrong = gateway.post("/api/login", LOGIN.replace("secret", "guess"));
    var unknown = gateway.post("/api/login", LOGIN.replace("\"ada\"", "\"eve\""));

    assertThat(problem(wrong, 401).code()).isEqualTo("bad_credentials");
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(unknown.status()).isEqualTo(wrong.status());
    assertThat(wrong.header("Set-Cookie")).isEmpty();
  }

  @Test
  void failuresAreDelayedForTheirAddressOnly() throws Exception {
    gateway.session("ada");
    var wrong = LOGIN.replace("secret", "guess");
    for (var failure = 0; failure < 3; failure++) {
      assertThat(gateway.post("/api/login", wrong, "X-Forwarded-For: 203.0.113.9").status())
          .isEqualTo(401);
    }

    var delayed = gateway.post("/api/login", LOGIN, "X-Forwarded-For: 203.0.113.9");

    assertThat(problem(delayed, 429).code()).isEqualTo("login_rate");
    assertThat(delayed.header("Retry-After")).isEqualTo("1");
    assertThat(gateway.post("/api/login", LOGIN, "X-Forwarded-For: 203.0.113.10").status())
        .isEqualTo(204);
    gateway.clock.advance(Duration.ofSeconds(1));
    assertThat(gateway.post("/api/login", LOGIN, "X-Forwarded-For: 203.0.113.9").status())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                               | 422
          {"username":"ada"}               | 422
          {"username":null,"password":"x"} | 422
          {"username":"ada"                | 400
          []                               | 400
          null                             | 400
          not json                         | 400
          {"username":"ada"} trailing      | 400
          """)
  void aLoginThatCannotBeReadIsRefused(String body, int status) throws Exception {
    var problem = problem(gateway.post("/api/login", body), status);

    assertThat(problem.detail()).doesNotContain("io.portfoliostream", "java.");
  }

  /// REQ-1: nothing of a portfolio is shown to whoever is not signed in.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/me",
        "/api/portfolio",
        "/api/positions",
        "/api/orders",
        "/api/account",
        "/api/trades",
        "/api/stream/status"
      })
  void withoutASessionNothingIsShown(String path) throws Exception {
    var response = gateway.ask("GET " + path + " HTTP/1.1", "Host: localhost");

    assertThat(problem(response, 401).code()).isEqualTo("unauthenticated");
  }

  /// REQ-1: who cannot be checked is not taken for signed out.
  @Test
  void withTheDatabaseAwayTheAnswerIsToComeBack() throws Exception {
    var session = gateway.session("ada");
    gateway.source.goAway();

    for (var path : Set.of("/api/me", "/api/portfolio", "/api/orders")) {
      var response = gateway.get(path, session);
      assertThat(problem(response, 503).code()).isEqualTo("unavailable");
      assertThat(response.header("Retry-After")).isEqualTo("2");
    }
    assertThat(problem(gateway.post("/api/login", LOGIN), 503).code()).isEqualTo("unavailable");
    assertThat(gateway.get("/api/health", session).status()).isEqualTo(200);
  }

  @Test
  void anOrderIsTakenInOncePerKey() throws Exception {
    var session = gateway.session("ada");
    var cookie = EdgeFixture.cookie(session);

    var first = gateway.post("/api/orders", BUY, cookie, "Idempotency-Key: k1");
    var again = gateway.post("/api/orders", BUY, cookie, "Idempotency-Key: k1");
    var other =
        gateway.post("/api/orders", BUY.replace("\"5\"", "\"6\""), cookie, "Idempotency-Key: k1");

    assertThat(first.status()).isEqualTo(202);
    var accepted = Json.read(first.body(), Rest.OrderAccepted.class);
    assertThat(accepted.order().symbol()).isEqualTo("AAPL");
    assertThat(accepted.order().qty()).isEqualByComparingTo("5");
    assertThat(accepted.seq()).isEqualTo(1);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(problem(other, 422).code()).isEqualTo("idempotency_key_reused");
    var orders =
        Json.read(gateway.get("/api/orders?status=open", session).body(), Rest.Orders.class);
    assertThat(orders.orders()).containsExactly(accepted.order());
    assertThat(orders.seq()).isEqualTo(accepted.seq());
    assertThat(orders.epoch()).isEqualTo(accepted.epoch());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Idempotency-Key: ", "Idempotency-Key: a b", "Idempotency-Key: ü"})
  void anOrderWithoutAGoodKeyIsRefused(String header) throws Exception {
    var cookie = EdgeFixture.cookie(gateway.session("ada"));

    var problem = problem(gateway.post("/api/orders", BUY, cookie, header), 400);

    assertThat(problem.detail()).contains("Idempotency-Key");
  }

  @Test
  void aKeyThatIsTooLongIsRefused() throws Exception {
    var cookie = EdgeFixture.cookie(gateway.session("ada"));

    problem(gateway.post("/api/orders", BUY, cookie, "Idempotency-Key: " + "k".repeat(129)), 400);
  }

  @Test
  void eachFieldAtFaultIsNamed() throws Exception {
    var cookie = EdgeFixture.cookie(gateway.session("ada"));
    var bad = "{\"symbol\":\"\",\"side\":\"hold\",\"type\":\"market\",\"qty\":\"-1\"}";

    var problem = problem(gateway.post("/api/orders", bad, cookie, "Idempotency-Key: k1"), 422);

    assertThat(problem.code()).isEqualTo("invalid");
    assertThat(Objects.requireNonNull(problem.errors()))
        .extracting(FieldError::field)
        .contains("symbol", "side", "qty");
  }

  @Test
  void withoutABrokerAccountThereAreNoOrders() throws Exception {
    var session = gateway.session("ada");
    gateway.unlinked.add(session.identity().user());

    var response =
        gateway.post("/api/orders", BUY, EdgeFixture.cookie(session), "Idempotency-Key: k1");

    assertThat(problem(response, 422).detail()).contains("broker account");
  }

  /// REQ-2: everyone reads their own portfolio.
  @Test
  void everyoneSeesTheirOwnOrdersOnly() throws Exception {
    var ada = gateway.session("ada");
    var bob = gateway.session("bob");
    gateway.post("/api/orders", BUY, EdgeFixture.cookie(ada), "Idempotency-Key: k1");

    assertThat(Json.read(gateway.get("/api/orders", ada).body(), Rest.Orders.class).orders())
        .hasSize(1);
    assertThat(Json.read(gateway.get("/api/orders", bob).body(), Rest.Orders.class).orders())
        .isEmpty();
    assertThat(
            Json.read(gateway.get("/api/portfolio", bob).body(), Rest.Portfolio.class)
                .portfolio()
                .orders())
        .isEmpty();
    gateway.post("/api/orders", BUY, EdgeFixture.cookie(bob), "Idempotency-Key: k1");
    assertThat(Json.read(gateway.get("/api/orders", ada).body(), Rest.Orders.class).orders())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/orders?limit=0,           limit",
    "/api/orders?limit=501,         limit",
    "/api/orders?limit=many,        limit",
    "/api/orders?status=new,        status",
    "/api/trades?limit=-1,          limit"
  })
  void aParameterAtFaultIsNamed(String path, String field) throws Exception {
    var problem = problem(gateway.get(path, gateway.session("ada")), 422);

    assertThat(Objects.requireNonNull(problem.errors()))
        .extracting(FieldError::field)
        .containsExactly(field);
  }

  @Test
  void ordersAreReadPageByPage() throws Exception {
    var session = gateway.session("ada");
    for (var key = 0; key < 5; key++) {
      gateway.post("/api/orders", BUY, EdgeFixture.cookie(session), "Idempotency-Key: k" + key);
      gateway.clock.advance(Duration.ofSeconds(1));
    }
    var all = orders("/api/orders", session);

    var first = orders("/api/orders?limit=2", session);
    var second = orders("/api/orders?limit=2&before=" + first.getLast(), session);
    var third = orders("/api/orders?limit=2&before=" + second.getLast(), session);

    assertThat(all).hasSize(5).startsWith(first.get(0), first.get(1));
    assertThat(Stream.of(first, second, third).flatMap(List::stream))
        .containsExactlyElementsOf(all);
  }

  @Test
  void anEmptyPortfolioIsAPortfolioToo() throws Exception {
    var session = gateway.session("ada");

    var whole = Json.read(gateway.get("/api/portfolio", session).body(), Rest.Portfolio.class);
    var positions = Json.read(gateway.get("/api/positions", session).body(), Rest.Positions.class);
    var account = Json.read(gateway.get("/api/account", session).body(), Rest.Account.class);
    var trades = Json.read(gateway.get("/api/trades", session).body(), Rest.Trades.class);

    assertThat(whole.seq()).isZero();
    assertThat(whole.epoch()).isNotEmpty();
    assertThat(whole.portfolio().positions()).isEmpty();
    assertThat(positions.positions()).isEmpty();
    assertThat(account.account()).isNull();
    assertThat(trades.trades()).isEmpty();
    assertThat(trades.epoch()).isEqualTo(whole.epoch());
    assertThat(trades.asOf()).isEqualTo(gateway.clock.instant());
  }

  private List<String> orders(String path, Opened session) throws Exception {
    return Json.read(gateway.get(path, session).body(), Rest.Orders.class).orders().stream()
        .map(OrderUpdate::orderId)
        .toList();
  }

  private static Problem problem(Response response, int status) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    var problem = Json.read(response.body(), Problem.class);
    assertThat(problem.status()).isEqualTo(status);
    return problem;
  }
}
