package io.portfoliostream.ui.testkit;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.browserless.internal.MockVaadin;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.live.Pulse;
import java.time.InstantSource;
import java.util.Set;

/// A page without a browser, on a scripted portfolio.
public abstract class PageTest extends BrowserlessTest {
  /// What the page shows.
  protected final ScriptedPortfolio portfolio = new ScriptedPortfolio();

  /// What turns the pulse.
  protected final ManualTimers timers = new ManualTimers();

  private final Pulse pulse = Pulse.start(timers);

  /// The line of the page that is open, whose background work is done at once.
  protected LivePage page() {
    return new LivePage(
        UI.getCurrent(), portfolio, pulse, Runnable::run, InstantSource.fixed(Samples.NOON));
  }

  /// Puts a part onto the page.
  protected static <C extends Component> C show(C component) {
    UI.getCurrent().add(component);
    settle();
    return component;
  }

  /// Runs what waits for the page's lock.
  protected static void settle() {
    MockVaadin.runUIQueue();
    MockVaadin.clientRoundtrip();
  }

  /// No routes: parts are put onto the page by hand.
  @Override
  protected Set<String> scanPackages() {
    return Set.of(PageTest.class.getPackageName());
  }
}
