package io.portfoliostream.client;

import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Rest;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// A signed-in user's live portfolio.
///
/// It connects, stays connected as well as the network allows, polls when it cannot, proves what it
/// shows against digests and REST, and says at any time how far that can be trusted. Safe for any
/// number of threads.
public final class PortfolioClient implements AutoCloseable {
  private final Driver driver;

  PortfolioClient(Driver driver) {
    this.driver = driver;
  }

  /// A client for the session of `cookie`, not yet connected, with an HTTP client of its own.
  public static PortfolioClient create(ClientSettings settings, SessionCookie cookie) {
    var runtime = ClientRuntime.create();
    var client = create(settings, cookie, runtime);
    var _ = client.driver.ended().whenComplete((_, _) -> runtime.close());
    return client;
  }

  /// A client that shares `runtime` with others; closing it leaves the runtime open.
  public static PortfolioClient create(
      ClientSettings settings, SessionCookie cookie, ClientRuntime runtime) {
    var timers = new ScheduledTimers(runtime.timers());
    return new PortfolioClient(
        new Driver(
            settings,
            new HttpBackend(runtime.http(), settings, cookie, timers),
            timers,
            InstantSource.system(),
            RandomGenerator.getDefault(),
            Thread.ofVirtual().name("portfolio-client")::start));
  }

  /// Begins to connect; a second call does nothing.
  public void start() {
    driver.start();
  }

  /// The newest state; cheap to call.
  public PortfolioView portfolio() {
    return driver.portfolio();
  }

  /// How that state relates to the server.
  public ConnectionState connection() {
    return driver.connection();
  }

  /// What this client has seen and repaired.
  public ClientCounters counters() {
    return driver.counters();
  }

  /// Tells `listener` of every change from now on.
  public Registration subscribe(PortfolioListener listener) {
    return driver.subscribe(listener);
  }

  /// Hands in an order; blocks until it is booked.
  ///
  /// @throws StreamApiException when it was not accepted, or when that is unknown
  public Rest.OrderAccepted submit(OrderRequest order, String idempotencyKey) {
    return driver.submit(order, idempotencyKey);
  }

  /// Tries to connect now instead of after the wait; nothing when it is live or trying already.
  public void reconnectNow() {
    driver.reconnectNow();
  }

  /// Ends it; nothing is left in the background afterwards. The session stays signed in.
  @Override
  public void close() {
    driver.close();
  }
}
