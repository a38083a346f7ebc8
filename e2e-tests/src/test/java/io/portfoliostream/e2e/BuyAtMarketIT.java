package io.portfoliostream.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.portfoliostream.e2e.browser.BrowserExtension;
import io.portfoliostream.e2e.browser.Browsers;
import io.portfoliostream.e2e.browser.Recorders;
import io.portfoliostream.e2e.pages.DashboardPage;
import io.portfoliostream.e2e.pages.SignInPage;
import io.portfoliostream.e2e.stack.LedgerDatabase.Fill;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.SharedStack;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A market order from the ticket to the position, and what it leaves in the database.
@ExtendWith({SharedStack.class, BrowserExtension.class})
class BuyAtMarketIT {
  private static final double PROMISED_MILLIS = 2000;
  private static final BigDecimal FIVE = new BigDecimal(5);

  private final PortfolioStack stack;

  BuyAtMarketIT(PortfolioStack stack) {
    this.stack = stack;
  }

  /// REQ-4, REQ-7: order, execution, position and cash reach the page within 2 s, without a reload.
  @Test
  void aMarketOrderFillsBeforeTheUsersEyes(Browsers browsers) {
    var dashboard = openRecorded(browsers.open());
    var cash = DashboardPage.number(dashboard.cash());

    buyFive(dashboard, "AAPL");

    var purchase = Purchase.recordedBy(dashboard.page());
    assertThat(dashboard.orderStatus(purchase.order())).hasText("Filled");
    assertThat(purchase.statuses()).containsSubsequence("queued", "new", "filled");
    assertThat(purchase.reached().values())
        .as("milliseconds from the click until the page showed each")
        .allSatisfy(millis -> assertThat(millis).isLessThan(PROMISED_MILLIS));
    var fills = stack.database().fills("demo", purchase.order());
    assertThat(fills.stream().map(Fill::quantity).reduce(ZERO, BigDecimal::add))
        .isEqualByComparingTo(FIVE);
    var paid = fills.stream().map(Fill::amount).reduce(ZERO, BigDecimal::add);
    assertThat(DashboardPage.number(dashboard.cash())).isEqualByComparingTo(cash.subtract(paid));
  }

  /// REQ-2: the ledger holds the order, its executions, and every event under a number of its own.
  @Test
  void theDatabaseHoldsWhatThePageShowed(Browsers browsers) {
    var dashboard = openRecorded(browsers.open());

    buyFive(dashboard, "KO");

    var order = Purchase.recordedBy(dashboard.page()).order();
    var database = stack.database();
    assertThat(database.orderStatus("demo", order)).containsExactly("filled");
    assertThat(database.bookedStatuses("demo", order)).startsWith("queued").endsWith("filled");
    assertThat(database.fills("demo", order)).isNotEmpty();
    var seq = database.seq("demo");
    var numbers = database.eventNumbers("demo");
    assertThat(numbers)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(numbers.getFirst(), numbers.getLast()).boxed().toList())
        .contains(seq);
  }

  private DashboardPage openRecorded(Page page) {
    Recorders.watchOrders(page);
    var dashboard = SignInPage.open(page, stack.ui()).signIn("demo");
    assertThat(dashboard.connection()).hasAttribute("data-level", DashboardPage.LIVE);
    return dashboard;
  }

  /// Buys by the ticket, and waits until order, position and cash on the page have followed.
  private static void buyFive(DashboardPage dashboard, String symbol) {
    var page = dashboard.page();
    var shares = DashboardPage.number(dashboard.quantity(symbol)).add(FIVE).doubleValue();
    var cash = DashboardPage.number(dashboard.cash()).doubleValue();
    page.evaluate("expected => orderRecorder.expect(...expected)", List.of(symbol, shares, cash));
    dashboard.enterPurchase(FIVE.toPlainString(), symbol).placeOrder();
    page.waitForFunction("orderRecorder.isDone()");
  }

  /// What the page showed of one purchase.
  ///
  /// @param reached milliseconds from the click to each milestone
  private record Purchase(String order, List<String> statuses, Map<String, Double> reached) {
    static Purchase recordedBy(Page page) {
      var statuses = new ArrayList<String>();
      for (var status : (List<?>) page.evaluate("orderRecorder.statuses()")) {
        statuses.add(String.valueOf(status));
      }
      var reached = new HashMap<String, Double>();
      ((Map<?, ?>) page.evaluate("orderRecorder.reached()"))
          .forEach((milestone, millis) ->
              reached.put(String.valueOf(milestone), ((Number) millis).doubleValue()));
      return new Purchase(
          String.valueOf(page.evaluate("orderRecorder.order()")), statuses, reached);
    }
  }
}
