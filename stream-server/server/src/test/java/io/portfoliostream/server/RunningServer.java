package io.portfoliostream.server;

import io.portfoliostream.client.ClientRuntime;
import io.portfoliostream.client.SessionCookie;
import io.portfoliostream.client.StreamApi;
import io.portfoliostream.server.config.ServerConfig;
import io.portfoliostream.server.testkit.TestDatabase;
import io.portfoliostream.simulator.BrokerSimulator;
import io.portfoliostream.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The whole server as it is started by its `Main`, in front of a simulated broker, and everything
/// that outlives a restart of it.
final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = 5_000_000;

  final ClientRuntime runtime = ClientRuntime.create();
  private final BrokerSimulator broker;
  private final TestDatabase database = TestDatabase.fresh();
  private final Map<String, String> settings;
  private StreamServer server;

  /// @param traders how many users there are, `load0001` and on
  RunningServer(Path dataDir, int traders, Map<String, String> more) throws IOException {
    broker =
        BrokerSimulator.start(
            SimulatorOptions.defaults()
                .withLoadAccounts(traders)
                .withPositionsPerAccount(3)
                .withRequestsPerMinute(0));
    settings =
        new HashMap<>(
            Map.of(
                "STREAM_PORT",
                "0",
                "MANAGEMENT_PORT",
                "0",
                "DATA_DIR",
                dataDir.toString(),
                "DATABASE_URL",
                database.url(),
                "SIMULATOR_URL",
                broker.rest().toString(),
                "BROKER_REQUESTS_PER_MINUTE",
                "1000000",
                "DEMO",
                "true",
                "LOAD_USERS",
                Integer.toString(traders)));
    settings.putAll(more);
    server = StreamServer.start(ServerConfig.parse(settings));
    settings.put("STREAM_PORT", Integer.toString(server.port()));
  }

  StreamServer server() {
    return server;
  }

  /// Ends the server as an administrator's restart does, and starts it again at the same address.
  void restart() {
    server.close();
    server = StreamServer.start(ServerConfig.parse(settings));
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + settings.get("STREAM_PORT"));
  }

  StreamApi api() {
    return new StreamApi(runtime.http(), address(), Duration.ofSeconds(5));
  }

  /// Signs in; demo users' passwords are their names, those of load users are `load`.
  SessionCookie signIn(String name) {
    return api().login(name, name.startsWith("load") ? "load" : name);
  }

  HttpResponse<String> send(String method, String path, SessionCookie cookie) {
    return send(
        HttpRequest.newBuilder(address().resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Cookie", SessionCookie.NAME + "=" + cookie.value()));
  }

  /// All meters, in the text of Prometheus.
  String metrics() {
    var address = "http://127.0.0.1:" + server.managementPort() + "/metrics";
    return send(HttpRequest.newBuilder(URI.create(address))).body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return runtime.http().send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static void await(String claim, BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not come true within " + PATIENCE + ": " + claim);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() {
    server.close();
    runtime.close();
    broker.close();
    database.close();
  }
}
