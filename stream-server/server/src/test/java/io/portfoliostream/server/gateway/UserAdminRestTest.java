package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.AccessRest;
import io.portfoliostream.protocol.AccessRest.UserAnswer;
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

class UserAdminRestTest {
  private final GatewayFixture gateway = new GatewayFixture();
  private final Opened root = gateway.session("root", "admin");

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,   /api/admin/users",
    "POST,  /api/admin/users",
    "PATCH, /api/admin/users/u_1",
    "GET,   /api/admin/audit"
  })
  void onlyAdministratorsComeIn(String method, String path) throws Exception {
    var line = method + " " + path + " HTTP/1.1";
    var trader = EdgeFixture.cookie(gateway.session("ada", "user"));

    assertThat(problem(gateway.ask(line, "Host: localhost"), 401).code())
        .isEqualTo("unauthenticated");
    assertThat(problem(gateway.ask(line, "Host: localhost", trader), 403).code())
        .isEqualTo("forbidden");
  }

  @Test
  void aNewUserSignsInWithThePasswordThatWasToldOnce() throws Exception {
    var made = post("{\"username\":\"Ada\"}");

    assertThat(made.status()).isEqualTo(201);
    var answer = Json.read(made.body(), UserAnswer.class);
    assertThat(answer.user().username()).isEqualTo("ada");
    assertThat(answer.user().roles()).containsExactly("user");
    assertThat(answer.user().createdAt()).isEqualTo(gateway.clock.instant());
    var password = String.valueOf(answer.password());
    assertThat(login("ada", password).status()).isEqualTo(204);
    var list = gateway.get("/api/admin/users", root);
    assertThat(list.body()).doesNotContain(password);
    assertThat(Json.read(list.body(), AccessRest.Users.class).users())
        .extracting(AccessRest.User::username)
        .containsExactly("ada", "root");
  }

  @Test
  void aPasswordThatWasChosenIsNotRepeated() throws Exception {
    var made =
        post("{\"username\":\"ada\",\"password\":\"chosen by me\",\"roles\":[\"admin\",\"user\"]}");

    assertThat(Json.read(made.body(), UserAnswer.class).password()).isNull();
    assertThat(made.body()).doesNotContain("chosen by me");
    assertThat(login("ada", "chosen by me").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                              | 422 | username
          {"username":"a b"}                              | 422 | username
          {"username":"eve","roles":["root"]}             | 422 | roles
          {"username":"eve","roles":[null]}               | 422 | roles
          {"username":"eve","roles":[]}                   | 422 | roles
          {"username":"eve","password":"short"}           | 422 | password
          {"username":"ROOT"}                             | 409 |
          {"username":"eve","password":["long enough"]}   | 400 |
          """)
  void whatCannotBeAUserIsRefused(String body, int status, String field) throws Exception {
    var problem = problem(post(body), status);

    assertThat(problem.errors() == null ? null : problem.errors().getFirst().field())
        .isEqualTo(field);
    assertThat(gateway.users.find("eve")).isEmpty();
  }

  /// REQ-1: a user who is disabled is out within a second, and cannot come back.
  @Test
  void aDisabledUserIsOutAtOnce() throws Exception {
    var ada = gateway.session("ada", "user");
    try (var stream = gateway.stream(ada)) {
      var start = System.nanoTime();
      var changed = patch(ada, "{\"disabled\":true}");

      assertThat(stream.closeCode()).isEqualTo(4401);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(Json.read(changed.body(), UserAnswer.class).user().disabled()).isTrue();
    }
    assertThat(gateway.get("/api/me", ada).status()).isEqualTo(401);
    var refused = login("ada", "secret of ada");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).isEqualTo(login("nobody", "secret of ada").body());

    assertThat(patch(ada, "{\"disabled\":false}").status()).isEqualTo(200);

    assertThat(login("ada", "secret of ada").status()).isEqualTo(204);
    assertThat(gateway.get("/api/me", ada).status()).as("ended for good").isEqualTo(401);
  }

  @Test
  void aResetPasswordEndsTheSessionsAndIsToldOnce() throws Exception {
    var ada = gateway.session("ada", "user");
    try (var stream = gateway.stream(ada)) {
      var reset = Json.read(patch(ada, "{\"resetPassword\":true}").body(), UserAnswer.class);

      assertThat(stream.closeCode()).isEqualTo(4401);
      assertThat(login("ada", "secret of ada").status()).isEqualTo(401);
      assertThat(login("ada", String.valueOf(reset.password())).status()).isEqualTo(204);
    }
  }

  @Test
  void aRoleThatIsTakenAwayIsGoneAtOnce() throws Exception {
    var ada = gateway.session("ada", "admin");
    assertThat(gateway.get("/api/admin/users", ada).status()).isEqualTo(200);

    assertThat(patch(ada, "{\"roles\":[\"user\"]}").status()).isEqualTo(200);

    assertThat(gateway.get("/api/admin/users", ada).status()).isEqualTo(403);
    assertThat(gateway.get("/api/me", ada).status()).isEqualTo(200);
    assertThat(patch(ada, "{\"roles\":[\"user\",\"admin\"]}").status()).isEqualTo(200);
    assertThat(gateway.get("/api/admin/users", ada).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"disabled":true}
          {"roles":["user"]}
          """)
  void theLastAdministratorStays(String body) throws Exception {
    gateway.session("ada", "user");

    assertThat(problem(patch(root, body), 409).code()).isEqualTo("conflict");
    assertThat(gateway.get("/api/admin/users", root).status()).isEqualTo(200);
  }

  @Test
  void theOwnPasswordIsNotChangedHere() throws Exception {
    for (var body : List.of("{\"resetPassword\":true}", "{\"password\":\"long enough\"}")) {
      var problem = problem(patch(root, body), 422);
      assertThat(Objects.requireNonNull(problem.errors()))
          .extracting(FieldError::field)
          .containsExactly("password");
    }
    assertThat(gateway.get("/api/me", root).status()).isEqualTo(200);
  }

  @Test
  void aChangeChangesSomething() throws Exception {
    problem(patch(root, "{}"), 400);
    problem(patch(root, "{\"resetPassword\":false}"), 400);
  }

  @Test
  void aStrangerIsNotFound() throws Exception {
    problem(patch("u_nobody", "{\"disabled\":true}"), 404);
    problem(patch("%20", "{\"disabled\":true}"), 404);
    problem(patch("x".repeat(200), "{\"disabled\":true}"), 422);
  }

  @Test
  void usersAreListedPageByPage() throws Exception {
    gateway.session("ada", "user");
    gateway.session("bob", "user");

    var page = gateway.get("/api/admin/users?limit=1&after=ada", root);

    assertThat(Json.read(page.body(), AccessRest.Users.class).users())
        .extracting(AccessRest.User::username)
        .containsExactly("bob");
    problem(gateway.get("/api/admin/users?limit=501", root), 422);
  }

  private Response post(String body) throws IOException {
    return gateway.post("/api/admin/users", body, EdgeFixture.cookie(root));
  }

  private Response patch(Opened who, String body) throws IOException {
    return patch(who.identity().user().value(), body);
  }

  private Response patch(String id, String body) throws IOException {
    return gateway.send(
        "PATCH /api/admin/users/" + id + " HTTP/1.1",
        body,
        "Host: localhost",
        "Content-Type: application/json",
        "Content-Length: " + body.length(),
        EdgeFixture.cookie(root));
  }

  private Response login(String username, String password) throws IOException {
    return gateway.post(
        "/api/login",
        "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}",
        "X-Forwarded-For: 203.0.113." + Math.floorMod(password.hashCode(), 200));
  }

  private static Problem problem(Response response, int status) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    return Json.read(response.body(), Problem.class);
  }
}
