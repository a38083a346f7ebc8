package io.portfoliostream.server.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/// Times the answers to REST calls, by method, path pattern and status.
///
/// @param asked hears which user asks for something
record RequestMetrics(MeterRegistry registry, Consumer<UserId> asked) {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  Timing start() {
    return new Timing(registry, Timer.start(registry));
  }

  /// One call that is being answered.
  record Timing(MeterRegistry registry, Timer.Sample sample) {
    /// @param path a pattern: few values, whatever is asked for
    void end(String method, String path, int status) {
      var _ =
          sample.stop(
              Timer.builder("http.server.requests")
                  .description("Time to answer a REST call")
                  .tag("method", METHODS.contains(method) ? method : "other")
                  .tag("path", path)
                  .tag("status", Integer.toString(status))
                  .serviceLevelObjectives(BUCKETS)
                  .register(registry));
    }
  }
}
