package io.portfoliostream.ui.live;

import com.vaadin.flow.server.VaadinSession;
import io.portfoliostream.client.ClientRuntime;
import io.portfoliostream.client.ClientSettings;
import io.portfoliostream.client.PortfolioClient;
import io.portfoliostream.client.SessionCookie;
import java.net.URI;
import java.time.Duration;

/// The portfolios of all browser sessions: one connection to the stream server each, however many
/// tabs.
public final class LivePortfolios {
  /// How long a connection outlives its last page.
  private static final Duration LINGER = Duration.ofSeconds(10);

  private final URI server;
  private final ClientRuntime runtime;
  private final Timers timers;

  /// Portfolios that come from `server`.
  ///
  /// @param runtime what their clients share
  public LivePortfolios(URI server, ClientRuntime runtime, Timers timers) {
    this.server = server;
    this.runtime = runtime;
    this.timers = timers;
  }

  /// The portfolio of the user that `cookie` belongs to, shared by all pages of `session`, whose
  /// lock must be held.
  public LivePortfolio of(VaadinSession session, SessionCookie cookie) {
    var held = session.getAttribute(Held.class);
    if (held != null && held.cookie.equals(cookie)) {
      return held.portfolio;
    }
    if (held == null) {
      session.addSessionDestroyListener(event -> end(event.getSession()));
    } else {
      held.portfolio.close();
    }
    var portfolio = new SharedPortfolio(() -> connect(cookie), timers, LINGER);
    session.setAttribute(Held.class, new Held(cookie, portfolio));
    return portfolio;
  }

  private OpenPortfolio connect(SessionCookie cookie) {
    return ClientPortfolio.start(
        PortfolioClient.create(ClientSettings.of(server), cookie, runtime));
  }

  private static void end(VaadinSession session) {
    var held = session.getAttribute(Held.class);
    if (held != null) {
      held.portfolio.close();
    }
  }

  private record Held(SessionCookie cookie, SharedPortfolio portfolio) {}
}
