package io.portfoliostream.server.gateway;

import io.helidon.webserver.http.HttpRouting;
import io.portfoliostream.server.auth.Authenticator;
import io.portfoliostream.server.bus.Registration;
import io.portfoliostream.server.config.NetworkConfig;
import io.portfoliostream.server.gateway.Listener.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// The running edge: the public listener with the stream and REST, and the management listener with
/// metrics and health.
public final class GatewayServer implements AutoCloseable {
  private final AtomicBoolean draining = new AtomicBoolean();
  private final List<Resource> resources;
  private final Listener edge;
  private final Listener management;
  private final Registration revocations;
  private final Registration switches;

  private GatewayServer(GatewayParts parts) {
    var network = parts.network();
    var origins = new OriginPolicy(network);
    var addresses = new ClientAddresses(network.trustedProxies());
    var authenticator = new Authenticator(parts.access().sessions());
    var metrics =
        new RequestMetrics(
            parts.support().telemetry().registry(), parts.steering().cohorts()::asked);
    var rest = new RestEdge(origins, authenticator, addresses, metrics);
    var doorkeeper = doorkeeper(parts, origins, addresses, authenticator);
    var streams = streams(parts);
    var status = status(parts);
    resources = resources(parts, status, events(parts, doorkeeper, streams));
    edge = openEdge(parts, rest.routing(resources), doorkeeper, streams);
    try {
      management = openManagement(network, rest, status, parts);
    } catch (RuntimeException e) {
      edge.close();
      throw e;
    }
    var sessions = parts.access().sessions();
    revocations =
        parts.portfolios().bus().onRevoked(revoked -> sessions.forget(revoked.sessionId()));
    switches = parts.steering().rollout().onChange(_ -> streams.endOutsiders());
  }

  /// Opens both listeners.
  ///
  /// @throws PortTaken when one of them cannot be opened; its message names the setting
  public static GatewayServer start(GatewayParts parts) {
    return new GatewayServer(parts);
  }

  /// The port of the public listener.
  public int port() {
    return edge.port();
  }

  /// The port of the management listener.
  public int managementPort() {
    return management.port();
  }

  /// What the public listener serves, but for the WebSocket.
  List<Resource> resources() {
    return resources;
  }

  /// Refuses new streams from now on, and tells health checks that the node is leaving.
  public void drain() {
    draining.set(true);
  }

  /// Cuts all connections and closes both listeners; streams should have been told goodbye before.
  @Override
  public void close() {
    drain();
    revocations.close();
    switches.close();
    edge.close();
    management.close();
  }

  private Doorkeeper doorkeeper(
      GatewayParts parts,
      OriginPolicy origins,
      ClientAddresses addresses,
      Authenticator authenticator) {
    var limits = parts.limits();
    var support = parts.support();
    return new Doorkeeper(
        origins,
        authenticator,
        addresses,
        new ConnectRate(support.nanos(), limits.connectBurst(), limits.connectInterval()),
        parts.steering().rollout()::admits,
        draining::get,
        support.newId());
  }

  private StatusRoutes status(GatewayParts parts) {
    return new StatusRoutes(
        parts.health(),
        draining::get,
        parts.steering().rollout()::admits,
        parts.limits().connectionsPerUser(),
        parts.portfolios().hub()::connections);
  }

  private static List<Resource> resources(
      GatewayParts parts, StatusRoutes status, EventRoutes events) {
    var portfolios = parts.portfolios();
    var trail = new Trail(parts.access().audit());
    var reading = new Reading(portfolios.reads(), parts.support().clock());
    var resources = new ArrayList<Resource>();
    // Before the positions by symbol: the first path that fits is taken.
    resources.addAll(
        new CorrectionRoutes(reading, portfolios.corrections(), portfolios.compareNow())
            .resources());
    var orders =
        new OrderRoutes(
            reading, portfolios.view(), portfolios.orders(), portfolios.changes(), trail);
    resources.addAll(new PortfolioRoutes(reading, portfolios.view(), orders).resources());
    resources.addAll(orders.resources());
    resources.addAll(
        new BrokerAccountRoutes(portfolios.linking(), portfolios.view(), trail).resources());
    resources.addAll(new MarketRoutes(portfolios.market(), reading.clock()).resources());
    resources.addAll(new HistoryRoutes(portfolios.equity()).resources());
    resources.addAll(status.resources());
    resources.addAll(
        new OperationsRoutes(parts.steering(), portfolios.bus(), reading.clock()).resources());
    resources.replaceAll(trail::watched);
    resources.addAll(accessResources(parts, trail));
    resources.addAll(events.resources());
    resources.addAll(new DocsRoutes(ApiDocuments.load()).resources());
    return List.copyOf(resources);
  }

  private static EventRoutes events(GatewayParts parts, Doorkeeper doorkeeper, Streams streams) {
    var support = parts.support();
    return new EventRoutes(
        doorkeeper,
        streams,
        sockets(parts),
        support.random(),
        problem -> support.meters().refused(problem.code()));
  }

  private static StreamUpgrader.Sockets sockets(GatewayParts parts) {
    var limits = parts.limits();
    return new StreamUpgrader.Sockets(
        limits.messageBytes(), parts.support().timer(), limits.closeGrace());
  }

  /// These note what happens by themselves.
  private static List<Resource> accessResources(GatewayParts parts, Trail trail) {
    var access = parts.access();
    var endings = new Endings(access.sessions(), parts.portfolios().bus()::revoke);
    var resources = new ArrayList<Resource>();
    resources.addAll(
        new AccountRoutes(access.signIn(), access.users(), endings, trail).resources());
    resources.addAll(
        new SessionRoutes(access.ownSessions(), access.passwords(), endings, trail).resources());
    resources.addAll(new UserAdminRoutes(access.administration(), endings, trail).resources());
    return resources;
  }

  private static HubStreams streams(GatewayParts parts) {
    var portfolios = parts.portfolios();
    return new HubStreams(
        portfolios.hub(),
        portfolios.bus(),
        parts.limits().connectionsPerUser(),
        parts.steering().rollout()::admits,
        parts.steering().cohorts()::asked);
  }

  private static Listener openEdge(
      GatewayParts parts, HttpRouting.Builder routing, Doorkeeper doorkeeper, Streams streams) {
    var meters = parts.support().meters();
    var upgrader =
        new StreamUpgrader(
            doorkeeper, streams, sockets(parts), problem -> meters.refused(problem.code()));
    return Listener.open(
        Place.of(parts.network()), routing, Map.of("websocket", upgrader, "WebSocket", upgrader));
  }

  private static Listener openManagement(
      NetworkConfig network, RestEdge rest, StatusRoutes status, GatewayParts parts) {
    var telemetry = parts.support().telemetry();
    var metrics =
        Resource.at("/metrics")
            .open("GET", _ -> Answer.text("text/plain; version=0.0.4", telemetry.scrape()));
    return Listener.open(
        new Place(
            network.host(), network.managementPort(), NetworkConfig.MANAGEMENT_PORT_KEY, null),
        rest.routing(List.of(metrics, status.healthResource("/health"))),
        Map.of());
  }
}
