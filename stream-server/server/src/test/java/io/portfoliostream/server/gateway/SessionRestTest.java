package io.portfoliostream.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.AccessRest;
import io.portfoliostream.protocol.AccessRest.Sessions.Session;
import io.portfoliostream.protocol.Json;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.auth.Sessions.Opened;
import io.portfoliostream.server.gateway.RawSocket.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRestTest {
  private static final String OLD = "secret of ada";
  private static final String NEW = "correct horse battery";
  private static final String LOGIN = login(OLD);

  private final GatewayFixture gateway = new GatewayFixture();

  @AfterEach
  void stop() {
    gateway.close();
  }

  /// REQ-1: a sign-in takes the place of the session that came with it, whose streams end.
  @Test
  void aSignInEndsTheSessionThatCameWithIt() throws Exception {
    var old = gateway.session("ada");
    try (var stream = gateway.stream(old)) {
      var login = gateway.post("/api/login", LOGIN, EdgeFixture.cookie(old));

      assertThat(login.status()).isEqualTo(204);
      assertThat(stream.closeCode()).isEqualTo(4401);
      assertThat(gateway.get("/api/me", old).status()).isEqualTo(401);
      assertThat(me(login).status()).isEqualTo(200);
      assertThat(login.head()).doesNotContain(old.cookie());
    }
  }

  /// REQ-1: whoever signs in next at a browser does not leave a session of somebody else behind.
  @Test
  void aSignInEndsTheSessionOfSomebodyElseToo() throws Exception {
    gateway.session("ada");
    var bob = gateway.session("bob");

    assertThat(gateway.post("/api/login", LOGIN, EdgeFixture.cookie(bob)).status()).isEqualTo(204);

    assertThat(gateway.get("/api/me", bob).status()).isEqualTo(401);
  }

  @Test
  void aSignInThatFailsOrComesFromElsewhereEndsNothing() throws Exception {
    var session = gateway.session("ada");

    assertThat(gateway.post("/api/login", login("guess"), EdgeFixture.cookie(session)).status())
        .isEqualTo(401);
    assertThat(gateway.post("/api/login", LOGIN).status()).isEqualTo(204);

    assertThat(gateway.get("/api/me", session).status()).isEqualTo(200);
  }

  /// REQ-1: a session that ran out ends its streams, however busy they are.
  @ParameterizedTest
  @CsvSource({"PT8H, its life", "PT1H, idle"})
  void aSessionThatRanOutEndsItsStreams(Duration after, String why) throws Exception {
    var session = gateway.session("ada");
    try (var stream = gateway.stream(session)) {
      gateway.clock.advance(after);

      assertThat(stream.closeCode()).as(why).isEqualTo(4401);
    }
  }

  @Test
  void theOwnSessionsAreListedByNamesThatOpenNothing() throws Exception {
    gateway.session("bob");
    var first = signIn("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    gateway.clock.advance(Duration.ofMinutes(10));
    var second = gateway.session("ada");

    var answer = gateway.get("/api/sessions", second);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .doesNotContain(second.cookie(), second.identity().sessionId(), first.split("=", 2)[1]);
    var sessions = Json.read(answer.body(), AccessRest.Sessions.class).sessions();
    assertThat(sessions).extracting(Session::current).containsExactly(true, false);
    assertThat(sessions).extracting(Session::client).containsExactly(null, "Firefox 140 on Linux");
    assertThat(sessions.getLast().address()).isEqualTo("127.0.0.1");
    assertThat(sessions.getLast().since())
        .isEqualTo(gateway.clock.instant().minus(Duration.ofMinutes(10)));
    assertThat(sessions.getLast().lastSeenAt()).isEqualTo(sessions.getLast().since());
    var cookie = "Cookie: portfolio_session=" + sessions.getFirst().id();
    assertThat(gateway.ask("GET /api/me HTTP/1.1", "Host: localhost", cookie).status())
        .isEqualTo(401);
  }

  @Test
  void aSessionThatIsUsedIsSeen() throws Exception {
    var session = gateway.session("ada");
    gateway.clock.advance(Duration.ofMinutes(30));

    gateway.get("/api/me", session);

    assertThat(sessions(session).getFirst().lastSeenAt()).isEqualTo(gateway.clock.instant());
  }

  @Test
  void sessionsThatEndedAreNotListed() throws Exception {
    var ended = gateway.session("ada");
    gateway.ask("POST /api/logout HTTP/1.1", "Host: localhost", EdgeFixture.cookie(ended));
    gateway.session("ada");
    gateway.clock.advance(Duration.ofHours(1));

    assertThat(sessions(gateway.session("ada"))).hasSize(1);
  }

  /// REQ-1: a session that is taken back is none, and its streams end within a second.
  @Test
  void anotherSessionOfOnesOwnIsEnded() throws Exception {
    var stolen = gateway.session("ada");
    gateway.clock.advance(Duration.ofMinutes(1));
    var own = gateway.session("ada");
    try (var theirs = gateway.stream(stolen);
        var mine = gateway.stream(own)) {
      var start = System.nanoTime();
      assertThat(delete(own, sessions(own).getLast().id()).status()).isEqualTo(204);

      assertThat(theirs.closeCode()).isEqualTo(4401);
      assertThat(since(start)).isLessThan(Duration.ofSeconds(1));
      assertThat(gateway.get("/api/me", stolen).status()).isEqualTo(401);
      assertThat(gateway.get("/api/me", own).status()).isEqualTo(200);
      isAlive(mine);
    }
  }

  /// REQ-2: nobody ends the session of somebody else, or learns that there is one.
  @Test
  void theSessionOfSomebodyElseIsNotFound() throws Exception {
    var ada = gateway.session("ada");
    var bob = gateway.session("bob");

    var strange = delete(bob, sessions(ada).getFirst().id());

    assertThat(problem(strange, 404).code()).isEqualTo("not_found");
    assertThat(delete(bob, "s_nobodys").body()).isEqualTo(strange.body());
    assertThat(delete(bob, ada.identity().sessionId()).status()).isEqualTo(404);
    assertThat(gateway.get("/api/me", ada).status()).isEqualTo(200);
  }

  @Test
  void endingTheCurrentSessionIsASignOut() throws Exception {
    var session = gateway.session("ada");

    var ended = delete(session, sessions(session).getFirst().id());

    assertThat(ended.header("Set-Cookie")).startsWith("portfolio_session=; Max-Age=0");
    assertThat(gateway.get("/api/me", session).status()).isEqualTo(401);
  }

  /// REQ-1: a new password ends the other sessions and their streams within a second.
  @Test
  void aNewPasswordEndsTheOtherSessionsAndKeepsItsOwn() throws Exception {
    var other = gateway.session("ada");
    var own = gateway.session("ada");
    var bob = gateway.session("bob");
    try (var theirs = gateway.stream(other);
        var mine = gateway.stream(own)) {
      var start = System.nanoTime();
      assertThat(change(own, OLD, NEW).status()).isEqualTo(204);

      assertThat(theirs.closeCode()).isEqualTo(4401);
      assertThat(since(start)).isLessThan(Duration.ofSeconds(1));
      isAlive(mine);
    }
    assertThat(gateway.get("/api/me", other).status()).isEqualTo(401);
    assertThat(gateway.get("/api/me", own).status()).isEqualTo(200);
    assertThat(gateway.get("/api/me", bob).status()).isEqualTo(200);
    assertThat(gateway.post("/api/login", LOGIN).status()).isEqualTo(401);
    assertThat(gateway.post("/api/login", login(NEW)).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nine char", "aaaaaaaaaaaaaaaa", "ababababababab", "ADA", "secret of ada"})
  void aPasswordThatIsEasyToGuessIsRefused(String password) throws Exception {
    var session = gateway.session("ada");

    var problem = problem(change(session, OLD, password), 422);

    assertThat(fields(problem)).containsExactly("newPassword");
    assertThat(gateway.post("/api/login", LOGIN).status()).isEqualTo(204);
  }

  @Test
  void aPasswordHasBounds() throws Exception {
    var session = gateway.session("ada");
    var longest = "abcd".repeat(64);

    assertThat(fields(problem(change(session, OLD, longest + "x"), 422)))
        .containsExactly("newPassword");
    assertThat(change(session, OLD, longest).status()).isEqualTo(204);
    assertThat(change(session, longest, "ten chars.").status()).isEqualTo(204);
  }

  @Test
  void aUserNameIsNoPassword() throws Exception {
    var session = gateway.session("ada-lovelace");

    assertThat(fields(problem(change(session, "secret of ada-lovelace", "Ada-Lovelace"), 422)))
        .containsExactly("newPassword");
  }

  @Test
  void aWrongCurrentPasswordIsDelayedAsASignInIs() throws Exception {
    var session = gateway.session("ada");
    for (var failure = 0; failure < 3; failure++) {
      assertThat(fields(problem(change(session, "guess", NEW), 422)))
          .containsExactly("currentPassword");
    }

    var delayed = change(session, OLD, NEW);

    assertThat(problem(delayed, 429).code()).isEqualTo("login_rate");
    assertThat(delayed.header("Retry-After")).isEqualTo("1");
    problem(gateway.post("/api/login", LOGIN), 429);
    assertThat(gateway.post("/api/login", LOGIN, "X-Forwarded-For: 203.0.113.7").status())
        .isEqualTo(204);
    gateway.clock.advance(Duration.ofSeconds(1));
    assertThat(change(session, OLD, NEW).status()).isEqualTo(204);
  }

  @Test
  void missingFieldsAreNamed() throws Exception {
    var session = gateway.session("ada");

    var problem = problem(gateway.post("/api/password", "{}", EdgeFixture.cookie(session)), 422);

    assertThat(fields(problem)).containsExactly("currentPassword", "newPassword");
  }

  @Test
  void withoutASessionThereIsNothingToSeeOrChange() throws Exception {
    problem(gateway.ask("GET /api/sessions HTTP/1.1", "Host: localhost"), 401);
    problem(gateway.ask("DELETE /api/sessions/s_1 HTTP/1.1", "Host: localhost"), 401);
    problem(gateway.post("/api/password", "{}"), 401);
  }

  private Response change(Opened session, String current, String next) throws IOException {
    var body = Json.write(new AccessRest.NewPassword(current, next));
    return gateway.post("/api/password", new String(body, UTF_8), EdgeFixture.cookie(session));
  }

  private Response delete(Opened session, String id) throws IOException {
    return gateway.ask(
        "DELETE /api/sessions/" + id + " HTTP/1.1", "Host: localhost", EdgeFixture.cookie(session));
  }

  private List<Session> sessions(Opened session) throws IOException {
    var answer = gateway.get("/api/sessions", session);
    return Json.read(answer.body(), AccessRest.Sessions.class).sessions();
  }

  /// The `name=value` of the cookie.
  private String signIn(String agent) throws IOException {
    gateway.session("ada");
    gateway.clock.advance(Duration.ofHours(1));
    var login = gateway.post("/api/login", LOGIN, "User-Agent: " + agent);
    return login.header("Set-Cookie").split(";", 2)[0];
  }

  private Response me(Response login) throws IOException {
    var cookie = "Cookie: " + login.header("Set-Cookie").split(";", 2)[0];
    return gateway.ask("GET /api/me HTTP/1.1", "Host: localhost", cookie);
  }

  private static String login(String password) {
    return "{\"username\":\"ada\",\"password\":\"" + password + "\"}";
  }

  private static void isAlive(RawSocket stream) throws IOException {
    stream.text("{\"type\":\"ping\",\"id\":\"7\"}");
    var heard = stream.frame();
    while (!(heard.opCode() == RawSocket.TEXT && heard.text().contains("\"pong\""))) {
      assertThat(heard.opCode()).isNotEqualTo(RawSocket.CLOSE);
      heard = stream.frame();
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static List<String> fields(Problem problem) {
    return Objects.requireNonNull(problem.errors()).stream().map(FieldError::field).toList();
  }

  private static Problem problem(Response response, int status) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    return Json.read(response.body(), Problem.class);
  }
}
