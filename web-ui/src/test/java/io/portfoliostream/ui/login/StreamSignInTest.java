package io.portfoliostream.ui.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.portfoliostream.client.SessionCookie;
import io.portfoliostream.client.StreamApi;
import io.portfoliostream.ui.login.StreamSignIn.Resumed;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

class StreamSignInTest {
  private static final String ME =
      "{\"userId\":\"u1\",\"username\":\"demo\",\"roles\":[\"user\",\"admin\"]}";
  private static final String NO =
      "{\"type\":\"about:blank\",\"title\":\"no\",\"status\":401,\"code\":\"no\",\"detail\":\"no\"}";

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server = newServer();
  private volatile int status = 200;

  private StreamSignIn signIn = newSignIn();

  @BeforeEach
  void start() {
    server = newServer();
    server.start();
    signIn = newSignIn();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.close();
  }

  @Test
  void theRightPasswordOpensASession() {
    var signedIn = authenticate("demo", "demo");
    assertThat(signedIn.getPrincipal())
        .isEqualTo(new RemoteSession("demo", new SessionCookie("s3cret")));
    assertThat(signedIn.getAuthorities())
        .extracting(GrantedAuthority::getAuthority)
        .containsExactlyInAnyOrder("ROLE_USER", "ROLE_ADMIN");
    assertThat(signedIn.getCredentials()).isNull();
    assertThat(signedIn.toString()).doesNotContain("s3cret");
  }

  @Test
  void theWrongPasswordIsToldApartFromAServerThatDoesNotAnswer() {
    status = 401;
    assertThatThrownBy(() -> authenticate("demo", "wrong"))
        .isInstanceOf(BadCredentialsException.class);
    server.stop(0);
    assertThatThrownBy(() -> authenticate("demo", "demo"))
        .isInstanceOf(AuthenticationServiceException.class);
  }

  @Test
  void namesThatCannotExistAreNotAskedFor() {
    assertThatThrownBy(() -> authenticate(" ", "x")).isInstanceOf(BadCredentialsException.class);
    assertThatThrownBy(() -> authenticate("x".repeat(300), "x"))
        .isInstanceOf(BadCredentialsException.class);
    assertThat(calls).isEmpty();
  }

  @Test
  void aRememberedSessionIsTakenUpAgain() {
    var remembered = new RememberedSession(signIn, "key");
    var answer = new MockHttpServletResponse();
    remembered.loginSuccess(pageRequest(null), answer, authenticate("demo", "demo"));
    var cookie = answer.getHeader("Set-Cookie");
    assertThat(cookie).startsWith("ui_remember=s3cret").contains("HttpOnly", "SameSite=Lax");
    var again = remembered.autoLogin(pageRequest("s3cret"), new MockHttpServletResponse());
    assertThat(again).isNotNull().extracting(Authentication::getName).isEqualTo("demo");
  }

  @Test
  void aSessionThatHasEndedIsForgotten() {
    status = 401;
    var answer = new MockHttpServletResponse();
    var remembered = new RememberedSession(signIn, "key");
    assertThat(remembered.autoLogin(pageRequest("s3cret"), answer)).isNull();
    assertThat(answer.getHeader("Set-Cookie")).contains("Max-Age=0");
  }

  @Test
  void aServerThatCannotSayLeavesTheSessionRemembered() {
    status = 503;
    var answer = new MockHttpServletResponse();
    var remembered = new RememberedSession(signIn, "key");
    assertThat(remembered.autoLogin(pageRequest("s3cret"), answer)).isNull();
    assertThat(answer.getHeader("Set-Cookie")).isNull();
    assertThat(signIn.resume(new SessionCookie("s3cret"))).isInstanceOf(Resumed.Unknown.class);
  }

  @Test
  void scriptsAndStylesAskNobody() {
    var request = pageRequest("s3cret");
    request.removeHeader("Accept");
    request.addHeader("Accept", "*/*");
    var remembered = new RememberedSession(signIn, "key");
    assertThat(remembered.autoLogin(request, new MockHttpServletResponse())).isNull();
    assertThat(calls).isEmpty();
  }

  @Test
  void signingOutEndsTheSessionAtTheServerToo() {
    var answer = new MockHttpServletResponse();
    new RememberedSession(signIn, "key")
        .logout(pageRequest("s3cret"), answer, authenticate("demo", "demo"));
    assertThat(calls).endsWith("POST /api/logout portfolio_session=s3cret");
    assertThat(answer.getHeader("Set-Cookie")).contains("Max-Age=0");
  }

  private Authentication authenticate(String username, String password) {
    return new RemoteAuthentication(signIn)
        .authenticate(UsernamePasswordAuthenticationToken.unauthenticated(username, password));
  }

  private static MockHttpServletRequest pageRequest(@Nullable String remembered) {
    var request = new MockHttpServletRequest("GET", "/");
    request.addHeader("Accept", "text/html");
    if (remembered != null) {
      request.setCookies(new Cookie(RememberedSession.COOKIE, remembered));
    }
    return request;
  }

  private StreamSignIn newSignIn() {
    var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new StreamSignIn(new StreamApi(http, address, Duration.ofSeconds(5)));
  }

  private HttpServer newServer() {
    try {
      var created =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      created.createContext(
          "/",
          exchange -> {
            var path = String.valueOf(exchange.getRequestURI().getPath());
            var cookie = exchange.getRequestHeaders().getFirst("Cookie");
            calls.add(
                exchange.getRequestMethod() + " " + path + (cookie == null ? "" : " " + cookie));
            var body = status == 200 ? (path.equals("/api/me") ? ME : "") : NO;
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange
                .getResponseHeaders()
                .add("Set-Cookie", "portfolio_session=s3cret; HttpOnly; Path=/");
            exchange
                .getResponseHeaders()
                .add(
                    "Content-Type",
                    status == 200 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
