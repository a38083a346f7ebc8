package io.portfoliostream.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.spring.annotation.UIScope;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.portfoliostream.client.ClientRuntime;
import io.portfoliostream.client.StreamApi;
import io.portfoliostream.ui.live.LivePage;
import io.portfoliostream.ui.live.LivePortfolios;
import io.portfoliostream.ui.live.Pulse;
import io.portfoliostream.ui.live.Timers;
import io.portfoliostream.ui.login.DemoMode;
import io.portfoliostream.ui.login.RememberKey;
import io.portfoliostream.ui.login.RemoteSession;
import io.portfoliostream.ui.login.StreamSignIn;
import io.portfoliostream.ui.orders.IdempotencyKeys;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The composition root: the only place that makes clocks, threads and random values.
@Configuration(proxyBeanMethods = false)
class Wiring {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  /// Where the stream server is.
  record StreamServer(URI address) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    StreamServer {
      if (address.getHost() == null || !SCHEMES.contains(address.getScheme())) {
        throw new IllegalArgumentException("STREAM_URL must be an http or https URL: " + address);
      }
    }
  }

  @Bean
  StreamServer streamServer(@Value("${ui.stream-url}") URI address) {
    return new StreamServer(address);
  }

  @Bean(destroyMethod = "close")
  ClientRuntime clientRuntime() {
    return ClientRuntime.create();
  }

  @Bean
  StreamSignIn streamSignIn(ClientRuntime runtime, StreamServer server) {
    return new StreamSignIn(new StreamApi(runtime.http(), server.address(), CALL_TIMEOUT));
  }

  @Bean
  RememberKey rememberKey() {
    return new RememberKey(UUID.randomUUID().toString());
  }

  @Bean
  DemoMode demoMode(@Value("${ui.demo}") boolean on) {
    return new DemoMode(on);
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService scheduler() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("pulse").daemon().factory());
  }

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService background() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  @Bean
  Timers timers(ScheduledExecutorService scheduler) {
    return Timers.on(scheduler);
  }

  @Bean
  Pulse pulse(Timers timers) {
    return Pulse.start(timers);
  }

  @Bean
  LivePortfolios livePortfolios(StreamServer server, ClientRuntime runtime, Timers timers) {
    return new LivePortfolios(server.address(), runtime, timers);
  }

  @Bean
  IdempotencyKeys idempotencyKeys() {
    return () -> UUID.randomUUID().toString();
  }

  @Bean
  @UIScope
  LivePage livePage(
      LivePortfolios portfolios,
      AuthenticationContext authentication,
      Pulse pulse,
      ExecutorService background) {
    var user = authentication.getAuthenticatedUser(RemoteSession.class).orElseThrow();
    var portfolio = portfolios.of(VaadinSession.getCurrent(), user.cookie());
    return new LivePage(UI.getCurrent(), portfolio, pulse, background, InstantSource.system());
  }
}
