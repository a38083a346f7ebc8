package io.portfoliostream.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing.StartOptions;
import com.microsoft.playwright.Tracing.StopOptions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The browsers of one test: each page that it opens is somebody else's, with cookies of its own.
public final class Browsers {
  /// Longer than anything takes, on a busy machine too: what is promised sooner is asserted so.
  static final double PATIENCE_MILLIS = 60_000;

  private static final int WIDTH = 1440;
  private static final int HEIGHT = 900;

  private final Browser browser;
  private final List<Page> pages = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();

  Browsers(Browser browser) {
    this.browser = browser;
  }

  /// A page in a fresh browser.
  public Page open() {
    return open(new NewContextOptions());
  }

  /// A page in a fresh browser of somebody who wants no motion.
  public Page openWithReducedMotion() {
    return open(new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
  }

  private Page open(NewContextOptions options) {
    var context = browser.newContext(options.setViewportSize(WIDTH, HEIGHT));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.tracing().start(new StartOptions().setScreenshots(true).setSnapshots(true));
    var page = context.newPage();
    page.onPageError(mistakes::add);
    page.onConsoleMessage(this::note);
    pages.add(page);
    return page;
  }

  private void note(ConsoleMessage message) {
    if (message.type().equals("error")) {
      mistakes.add(message.text() + " at " + message.location());
    }
  }

  /// What scripts in the pages did wrong.
  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  /// Keeps a picture and the whole course of every page.
  ///
  /// @param name of the files, before their ends
  void keep(Path folder, String name) {
    for (int i = 0; i < pages.size(); i++) {
      var file = name + "-" + (i + 1);
      var page = pages.get(i);
      try {
        page.screenshot(
            new ScreenshotOptions().setPath(folder.resolve(file + ".png")).setFullPage(true));
        page.context().tracing().stop(new StopOptions().setPath(folder.resolve(file + ".zip")));
      } catch (PlaywrightException e) {
        // The test failed already: that is what is told.
        System.err.println("no trace of " + file + ": " + e.getMessage());
      }
    }
  }

  void close() {
    pages.stream().map(Page::context).forEach(BrowserContext::close);
  }
}
