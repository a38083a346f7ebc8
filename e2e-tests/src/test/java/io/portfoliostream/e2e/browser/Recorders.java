package io.portfoliostream.e2e.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Scripts that watch a page from its first moment on, since what they look for is gone before
/// anybody could ask for it.
public final class Recorders {
  private Recorders() {}

  /// Watches orders: `window.orderRecorder`.
  public static void watchOrders(Page page) {
    page.addInitScript(read("orders.js"));
  }

  /// Watches flashing numbers: `window.flashRecorder`.
  public static void watchFlashes(Page page) {
    page.addInitScript(read("flashes.js"));
  }

  private static String read(String name) {
    try (var script = Recorders.class.getResourceAsStream("/recorders/" + name)) {
      if (script == null) {
        throw new IllegalStateException("no recorder " + name);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the recorder " + name, e);
    }
  }
}
