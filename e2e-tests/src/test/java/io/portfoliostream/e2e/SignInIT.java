package io.portfoliostream.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.portfoliostream.e2e.browser.BrowserExtension;
import io.portfoliostream.e2e.browser.Browsers;
import io.portfoliostream.e2e.pages.DashboardPage;
import io.portfoliostream.e2e.pages.SignInPage;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.SharedStack;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Signing in leads to numbers that move, and to nothing without the right password.
@ExtendWith({SharedStack.class, BrowserExtension.class})
class SignInIT {
  private static final Pattern A_NUMBER = Pattern.compile("-?[0-9.]+");

  private final PortfolioStack stack;

  SignInIT(PortfolioStack stack) {
    this.stack = stack;
  }

  /// REQ-4, REQ-7: prices, profits and the account's worth move by themselves.
  @Test
  void theDemoUserSeesNumbersMove(Browsers browsers) {
    var dashboard = SignInPage.open(browsers.open(), stack.ui()).signIn("demo");
    assertThat(dashboard.connection()).hasAttribute("data-level", DashboardPage.LIVE);
    assertThat(dashboard.connection()).hasText("Live");
    assertThat(dashboard.quantity("AAPL")).hasAttribute("data-value", A_NUMBER);

    var price = dashboard.price("AAPL").textContent();
    var profit = dashboard.profit("AAPL").textContent();
    var equity = dashboard.equity().textContent();
    assertThat(dashboard.price("AAPL")).not().hasText(price);
    assertThat(dashboard.profit("AAPL")).not().hasText(profit);
    assertThat(dashboard.equity()).not().hasText(equity);
  }

  @Test
  void aWrongPasswordIsRefusedInWords(Browsers browsers) {
    var signIn = SignInPage.open(browsers.open(), stack.ui());
    signIn.submit("demo", "not the password");
    assertThat(signIn.refusal()).isVisible();
    assertThat(signIn.button()).isVisible();
  }

  @Test
  void signingOutLeavesNothingToSee(Browsers browsers) {
    var dashboard = SignInPage.open(browsers.open(), stack.ui()).signIn("demo");
    assertThat(dashboard.connection()).hasAttribute("data-level", DashboardPage.LIVE);
    assertThat(dashboard.signOut().button()).isVisible();
    assertThat(SignInPage.open(dashboard.page(), stack.ui()).button()).isVisible();
  }
}
