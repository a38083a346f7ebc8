package io.portfoliostream.e2e.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;

/// Where users say who they are.
///
/// @param page of the browser
public record SignInPage(Page page) {

  /// Opens the product, which asks who one is.
  public static SignInPage open(Page page, URI ui) {
    page.navigate(ui.toString());
    return new SignInPage(page);
  }

  /// Signs in with a demo user, whose password is the name.
  public DashboardPage signIn(String username) {
    submit(username, username);
    return new DashboardPage(page);
  }

  /// Fills in the form and sends it.
  public void submit(String username, String password) {
    page.locator("input[name=username]").fill(username);
    page.locator("input[name=password]").fill(password);
    button().click();
  }

  /// What sends the form.
  public Locator button() {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in"));
  }

  /// What the form says of a wrong name or password.
  public Locator refusal() {
    return page.getByText("Wrong name or password");
  }
}
