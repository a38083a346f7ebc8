package io.portfoliostream.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import io.portfoliostream.e2e.browser.BrowserExtension;
import io.portfoliostream.e2e.browser.Browsers;
import io.portfoliostream.e2e.stack.OtherOrigin;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.ServerSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The page of the quick start, served from another origin of the same site, is a whole front end.
@ExtendWith(BrowserExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThirdPartyPageIT {
  private static final int SLOW_CONSUMER = 4002;

  private final OtherOrigin origin = OtherOrigin.serving("docs/api/quick-start");
  private final List<WebSocketRoute> sockets = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> beforeConnecting = new AtomicReference<>(() -> {});
  private PortfolioStack stack;

  @BeforeAll
  void start() {
    var listed = origin.origin();
    stack =
        PortfolioStack.serverOnly(
            "third-party", Map.of("READ_ORIGINS", listed, "WRITE_ORIGINS", listed));
  }

  @AfterAll
  void stop() {
    stack.close();
    origin.close();
  }

  @Test
  void aPageOfAnotherOriginShowsThePortfolioAndTrades(Browsers browsers) {
    var session = stack.signIn("demo2", "demo2");
    var page = signedIn(browsers, "demo2");
    var held = session.get("/api/positions").path("positions");
    assertThat(held).isNotEmpty();
    for (var position : held) {
      assertThat(row(page, "positions", position.path("symbol").asText())).isVisible();
    }
    var before = page.locator("#orders tbody tr").count();

    page.getByLabel("Symbol").fill("KO");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Place order")).click();

    assertThat(page.locator("#orders tbody tr")).hasCount(before + 1);
    assertThat(page.locator("#orders tbody tr").first()).containsText("filled");
    assertThat(row(page, "positions", "KO")).isVisible();
    assertThat(newest(session)).isEqualTo("KO");
  }

  /// REQ-10: what happened while the connection was lost is there when it is back.
  @Test
  void aLostConnectionIsResumed(Browsers browsers) {
    var page = signedIn(browsers, "demo");
    var session = stack.signIn("demo", "demo");
    var order = new AtomicReference<String>();
    beforeConnecting.set(
        () -> order.set(session.submit("buy", "1", "KO").path("orderId").asText()));

    sockets
        .getLast()
        .close(new WebSocketRoute.CloseOptions().setCode(SLOW_CONSUMER).setReason("too slow"));

    assertThat(state(page)).hasAttribute("data-recovered", "true");
    assertThat(state(page)).hasAttribute("data-state", "live");
    assertThat(row(page, "orders", order.get())).containsText("filled");
    assertThat(sockets).hasSizeGreaterThan(1);
  }

  /// REQ-1: the end of the session ends the stream, and the page asks for a login.
  @Test
  void aSignOutElsewhereEndsThePage(Browsers browsers) {
    var page = signedIn(browsers, "demo");

    page.evaluate(
        "server => fetch(server + '/api/logout', { method: 'POST', credentials: 'include' })",
        stack.server().toString());

    assertThat(state(page)).hasAttribute("data-state", "signed-out");
    assertThat(page.getByLabel("Password")).isVisible();
  }

  private Page signedIn(Browsers browsers, String user) {
    sockets.clear();
    beforeConnecting.set(() -> {});
    var page = browsers.open();
    page.routeWebSocket(
        "**/ws/portfolio*",
        socket -> {
          beforeConnecting.getAndSet(() -> {}).run();
          sockets.add(socket);
          socket.connectToServer();
        });
    page.navigate(origin.origin() + "/?server=" + stack.server());
    page.getByLabel("User").fill(user);
    page.getByLabel("Password").fill(user);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    assertThat(state(page)).hasAttribute("data-state", "live");
    return page;
  }

  private static Locator state(Page page) {
    return page.getByRole(AriaRole.STATUS);
  }

  private static Locator row(Page page, String table, String key) {
    return page.locator("#" + table + " tr[data-key='" + key + "']");
  }

  private static String newest(ServerSession session) {
    return session.get("/api/orders").path("orders").path(0).path("symbol").asText();
  }
}
