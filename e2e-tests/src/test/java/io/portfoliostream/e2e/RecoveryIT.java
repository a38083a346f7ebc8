package io.portfoliostream.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import io.portfoliostream.e2e.browser.BrowserExtension;
import io.portfoliostream.e2e.browser.Browsers;
import io.portfoliostream.e2e.pages.DashboardPage;
import io.portfoliostream.e2e.pages.SignInPage;
import io.portfoliostream.e2e.stack.LedgerDatabase.Fill;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.ServerSession;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The server dies without a word and comes back.
@ExtendWith(BrowserExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryIT {
  private static final String LEVEL = "data-level";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final double SOON_MILLIS = 5000;
  private static final Pattern STALE = Pattern.compile("data-stale");

  private final PortfolioStack stack = PortfolioStack.start("recovery", Map.of());

  @AfterAll
  void stop() {
    stack.close();
  }

  /// REQ-9, REQ-10, REQ-11: the page says at once that it is not live, keeps what it knew marked as
  /// old, and is live again within 5 s of the server's return, with the same portfolio.
  @Test
  void aKilledServerIsNoticedAndItsReturnToo(Browsers browsers) {
    var dashboard = SignInPage.open(browsers.open(), stack.ui()).signIn("demo");
    assertThat(dashboard.connection()).hasAttribute(LEVEL, DashboardPage.LIVE);
    var user = stack.signIn("demo", "demo");
    var order = filled(user, user.submit("buy", "2", "JPM"));
    var fills = stack.database().fills("demo", order);
    var before = user.get("/api/portfolio");
    var shares = DashboardPage.number(dashboard.quantity("MSFT"));

    stack.killServer();

    assertThat(dashboard.connection()).not().hasAttribute(LEVEL, DashboardPage.LIVE, soon());
    assertThat(dashboard.document()).hasClass(STALE);
    assertThat(dashboard.staleNote()).containsText("Data as of");
    assertThat(DashboardPage.number(dashboard.quantity("MSFT"))).isEqualByComparingTo(shares);

    stack.startServer();

    assertThat(dashboard.connection()).hasAttribute(LEVEL, DashboardPage.LIVE, soon());
    assertThat(dashboard.document()).not().hasClass(STALE);
    assertThat(dashboard.staleNote()).isHidden();
    var after = user.get("/api/portfolio");
    assertThat(after.path("epoch")).isEqualTo(before.path("epoch"));
    assertThat(after.path("seq").asLong()).isGreaterThanOrEqualTo(before.path("seq").asLong());
    assertThat(quantities(after)).isEqualTo(quantities(before));
    assertThat(stack.database().fills("demo", order)).isEqualTo(fills);
    var price = dashboard.price("MSFT").textContent();
    assertThat(dashboard.price("MSFT")).not().hasText(price);
  }

  /// REQ-2: what was accepted is carried out once, whenever the server dies.
  @Test
  void anOrderAcceptedJustBeforeTheDeathIsFilledOnce() {
    var user = stack.signIn("demo2", "demo2");
    double shares = meta(user);

    var order = user.submit("buy", "3", "META");
    stack.killServer();
    stack.startServer();

    var fills = stack.database().fills("demo2", filled(user, order));
    assertThat(fills.stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("3");
    await("the position")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(meta(user)).isEqualTo(shares + 3));
  }

  /// Waits until an order is filled.
  ///
  /// @return its id
  private static String filled(ServerSession user, JsonNode order) {
    var id = order.path("orderId").asText();
    await("the order filled").atMost(PATIENCE).until(() -> user.statusOf(id).equals("filled"));
    return id;
  }

  private static double meta(ServerSession user) {
    return requireNonNull(quantities(user.get("/api/portfolio")).get("META"));
  }

  private static Map<String, Double> quantities(JsonNode portfolio) {
    return portfolio
        .path("portfolio")
        .path("positions")
        .valueStream()
        .collect(
            toMap(
                position -> position.path("symbol").asText(),
                position -> position.path("quantity").asDouble()));
  }

  private static HasAttributeOptions soon() {
    return new HasAttributeOptions().setTimeout(SOON_MILLIS);
  }
}
