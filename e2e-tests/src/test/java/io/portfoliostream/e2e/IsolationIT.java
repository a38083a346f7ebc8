package io.portfoliostream.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portfoliostream.e2e.browser.BrowserExtension;
import io.portfoliostream.e2e.browser.Browsers;
import io.portfoliostream.e2e.pages.DashboardPage;
import io.portfoliostream.e2e.pages.SignInPage;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.SharedStack;
import io.portfoliostream.e2e.stack.StreamChange;
import io.portfoliostream.e2e.stack.StreamRefused;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Nobody sees what belongs to somebody else.
@ExtendWith({SharedStack.class, BrowserExtension.class})
class IsolationIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final PortfolioStack stack;

  IsolationIT(PortfolioStack stack) {
    this.stack = stack;
  }

  /// REQ-3: two browsers, two users: the one's purchase does not show in the other's page.
  @Test
  void eachBrowserShowsItsOwnUserOnly(Browsers browsers) {
    var demo = SignInPage.open(browsers.open(), stack.ui()).signIn("demo");
    var demo2 = SignInPage.open(browsers.open(), stack.ui()).signIn("demo2");
    assertThat(demo.quantity("MSFT")).isVisible();
    assertThat(demo2.quantity("META")).isVisible();
    assertThat(demo.quantity("META")).hasCount(0);
    assertThat(demo2.quantity("MSFT")).hasCount(0);
    assertThat(demo2.connection()).hasAttribute("data-level", DashboardPage.LIVE);
    var orders = demo2.orderStatuses().count();
    var cash = DashboardPage.number(demo2.cash());

    var order = stack.signIn("demo", "demo").submit("buy", "1", "MSFT").path("orderId").asText();

    assertThat(demo.orderStatus(order)).hasText("Filled");
    // The other page has moved on since, and shows nothing of it.
    var equity = demo2.equity().textContent();
    assertThat(demo2.equity()).not().hasText(equity);
    assertThat(demo2.orderStatus(order)).hasCount(0);
    assertThat(demo2.orderStatuses()).hasCount(orders);
    assertThat(DashboardPage.number(demo2.cash())).isEqualByComparingTo(cash);
  }

  /// REQ-3: every message on a connection names its own user, whatever the others do.
  @Test
  void everyMessageBelongsToTheUserOfItsConnection() throws StreamRefused, InterruptedException {
    var admin = stack.signIn("admin", "admin");
    var demo = stack.signIn("demo", "demo");
    var demoId = demo.get("/api/me").path("userId").asText();
    var adminId = admin.get("/api/me").path("userId").asText();
    try (var others = admin.openStream();
        var own = demo.openStream()) {
      others.send("{\"type\":\"subscribe\"}");
      own.send("{\"type\":\"subscribe\"}");
      var order = demo.submit("buy", "1", "KO").path("orderId").asText();
      var mine = own.readUntil("execution", PATIENCE, message -> tells(message, order));
      var traded = Instant.parse(mine.getLast().path("timestamp").asText());
      var theirs = others.readUntil("later price", PATIENCE, message -> isMark(message, traded));

      assertThat(mine).allSatisfy(message -> assertThat(owner(message)).isEqualTo(demoId));
      assertThat(theirs).allSatisfy(message -> assertThat(owner(message)).isEqualTo(adminId));
    }
  }

  private static boolean tells(JsonNode message, String order) {
    return StreamChange.of(message).stream()
        .anyMatch(change -> change.is("trade_executed", "orderId", order));
  }

  private static boolean isMark(JsonNode message, Instant after) {
    return Instant.parse(message.path("timestamp").asText()).isAfter(after)
        && StreamChange.of(message).stream()
            .anyMatch(change -> change.type().equals("position_update"));
  }

  private static String owner(JsonNode message) {
    return message.path("userId").asText();
  }
}
