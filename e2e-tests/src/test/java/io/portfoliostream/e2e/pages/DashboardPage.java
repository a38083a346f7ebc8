package io.portfoliostream.e2e.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.math.BigDecimal;

/// The account, the positions, the ticket and the orders of whoever is signed in.
///
/// @param page of the browser
public record DashboardPage(Page page) {
  /// The state of the indicator while all is well.
  public static final String LIVE = "live";

  /// The dot with words in the header. It tells its state in `data-level`.
  public Locator connection() {
    return page.getByTestId("connection");
  }

  /// The line that says since when the values may be out of date.
  public Locator staleNote() {
    return page.getByTestId("stale-note");
  }

  /// The whole document, which bears the class `data-stale` while its values may be out of date.
  public Locator document() {
    return page.locator("html");
  }

  /// How many shares of a symbol are held.
  public Locator quantity(String symbol) {
    return page.getByTestId("qty-" + symbol);
  }

  /// The last price of a symbol.
  public Locator price(String symbol) {
    return page.getByTestId("price-" + symbol);
  }

  /// What a position has won or lost.
  public Locator profit(String symbol) {
    return page.getByTestId("pnl-" + symbol);
  }

  /// The positions' symbols.
  public Locator symbols() {
    return page.locator("[data-testid^='position-']");
  }

  /// The account's cash.
  public Locator cash() {
    return page.getByTestId("cash");
  }

  /// What the account is worth.
  public Locator equity() {
    return page.getByTestId("equity");
  }

  /// The statuses of all orders on the page, newest order first; in words, and in `data-status`.
  public Locator orderStatuses() {
    return page.locator("[data-testid^='order-status-']");
  }

  /// The status of an order.
  public Locator orderStatus(String orderId) {
    return page.getByTestId("order-status-" + orderId);
  }

  /// The number that an element shows.
  public static BigDecimal number(Locator element) {
    return new BigDecimal(element.getAttribute("data-value"));
  }

  /// Fills in the ticket to buy at the market.
  public DashboardPage enterPurchase(String quantity, String symbol) {
    var field = page.getByTestId("ticket-symbol").locator("input");
    field.fill(symbol);
    field.press("Enter");
    page.getByTestId("ticket-qty").locator("input").fill(quantity);
    return this;
  }

  /// Sends the ticket.
  public void placeOrder() {
    page.getByTestId("ticket-submit").click();
  }

  /// Signs out by the user's menu.
  public SignInPage signOut() {
    page.getByTestId("user-menu").getByRole(AriaRole.MENUITEM).click();
    page.getByTestId("sign-out").click();
    return new SignInPage(page);
  }
}
