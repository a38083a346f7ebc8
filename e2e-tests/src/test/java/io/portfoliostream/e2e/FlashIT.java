package io.portfoliostream.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.portfoliostream.e2e.browser.BrowserExtension;
import io.portfoliostream.e2e.browser.Browsers;
import io.portfoliostream.e2e.browser.Flash;
import io.portfoliostream.e2e.browser.Recorders;
import io.portfoliostream.e2e.pages.DashboardPage;
import io.portfoliostream.e2e.pages.SignInPage;
import io.portfoliostream.e2e.stack.PortfolioStack;
import io.portfoliostream.e2e.stack.SharedStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A profit that changes flashes in the colour of its direction.
@ExtendWith({SharedStack.class, BrowserExtension.class})
class FlashIT {
  private static final String GROWN = "matrix(1.05, 0, 0, 1.05, 0, 0)";
  private static final double FLASH_MILLIS = 500;

  private final PortfolioStack stack;

  FlashIT(PortfolioStack stack) {
    this.stack = stack;
  }

  /// REQ-12, REQ-13: green up, red down, for 500 ms, beginning at 1.05 of the size.
  @Test
  void aProfitFlashesInTheColourOfItsDirection(Browsers browsers) {
    var page = watched(browsers.open());
    page.waitForFunction(
        "['up', 'down'].every(way => flashRecorder.animations.some(seen =>"
            + " seen.name.includes(way)))");
    page.waitForFunction("flashRecorder.ended > 0");

    assertThat(Flash.animations(page))
        .isNotEmpty()
        .allSatisfy(flash -> {
          assertThat(flash.transform()).isEqualTo(GROWN);
          assertThat(flash.duration()).isEqualTo(FLASH_MILLIS);
          assertThat(flash.isGreen()).isEqualTo(flash.name().startsWith("flash-up"));
          assertThat(flash.isRed()).isEqualTo(flash.name().startsWith("flash-down"));
        });
    assertThat(Flash.changes(page))
        .isNotEmpty()
        .allSatisfy(change ->
            assertThat(change.name()).startsWith(change.after() > change.before() ? "up" : "down"));
  }

  /// REQ-13: whoever wants no motion sees the colour for as long, and nothing that moves.
  @Test
  void reducedMotionKeepsTheColourOnly(Browsers browsers) {
    var page = watched(browsers.openWithReducedMotion());
    page.waitForFunction("flashRecorder.stood.length > 3");

    assertThat(Flash.animations(page)).isEmpty();
    assertThat(Flash.changes(page))
        .isNotEmpty()
        .allSatisfy(flash -> {
          assertThat(flash.transform()).isEqualTo("none");
          assertThat(flash.animations()).isZero();
          assertThat(flash.isGreen()).isEqualTo(flash.name().startsWith("up"));
          assertThat(flash.isRed()).isEqualTo(flash.name().startsWith("down"));
        });
    assertThat(Flash.stoodMillis(page))
        .allSatisfy(millis -> assertThat(millis).isBetween(FLASH_MILLIS - 50, FLASH_MILLIS + 400));
  }

  private Page watched(Page page) {
    Recorders.watchFlashes(page);
    var dashboard = SignInPage.open(page, stack.ui()).signIn("demo");
    assertThat(dashboard.connection()).hasAttribute("data-level", DashboardPage.LIVE);
    return page;
  }
}
