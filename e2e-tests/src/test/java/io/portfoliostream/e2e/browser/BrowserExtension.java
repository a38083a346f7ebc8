package io.portfoliostream.e2e.browser;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a test its [Browsers]. When it fails, trace and screenshot of every page are kept below
/// `target/failures`; when a script in a page made a mistake, it fails.
public final class BrowserExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace STORE = Namespace.create(BrowserExtension.class);
  private static final Path FAILURES = Path.of("target", "failures").toAbsolutePath();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browsers.class;
  }

  @Override
  public Browsers resolveParameter(ParameterContext parameter, ExtensionContext context) {
    PlaywrightAssertions.setDefaultAssertionTimeout(Browsers.PATIENCE_MILLIS);
    var chromium =
        context
            .getRoot()
            .getStore(STORE)
            .computeIfAbsent(Chromium.class, _ -> Chromium.launch(), Chromium.class);
    return context
        .getStore(STORE)
        .computeIfAbsent(Browsers.class, _ -> new Browsers(chromium.browser()), Browsers.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var browsers = context.getStore(STORE).get(Browsers.class, Browsers.class);
    if (browsers == null) {
      return;
    }
    var mistakes = browsers.mistakes();
    try {
      if (context.getExecutionException().isPresent() || !mistakes.isEmpty()) {
        browsers.keep(FAILURES, name(context));
      }
    } finally {
      browsers.close();
    }
    if (context.getExecutionException().isEmpty() && !mistakes.isEmpty()) {
      throw new AssertionError("scripts of the page failed: " + mistakes);
    }
  }

  private static String name(ExtensionContext context) {
    return context.getRequiredTestClass().getSimpleName()
        + "."
        + context.getRequiredTestMethod().getName();
  }
}
