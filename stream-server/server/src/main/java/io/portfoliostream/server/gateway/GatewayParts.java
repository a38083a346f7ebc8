package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.Operations;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.alerts.AlertBoard;
import io.portfoliostream.server.audit.AuditLog;
import io.portfoliostream.server.auth.OwnSessions;
import io.portfoliostream.server.auth.PasswordChange;
import io.portfoliostream.server.auth.Sessions;
import io.portfoliostream.server.auth.SignIn;
import io.portfoliostream.server.auth.UserAdmin;
import io.portfoliostream.server.auth.Users;
import io.portfoliostream.server.broker.EquityHistory;
import io.portfoliostream.server.bus.EventBus;
import io.portfoliostream.server.config.NetworkConfig;
import io.portfoliostream.server.ledger.Correction;
import io.portfoliostream.server.ledger.Corrections;
import io.portfoliostream.server.ledger.PortfolioReads;
import io.portfoliostream.server.orders.OrderChanges;
import io.portfoliostream.server.orders.OrderEntry;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.rollout.RolloutSwitch;
import io.portfoliostream.server.stream.Scheduler;
import io.portfoliostream.server.stream.StreamHub;
import io.portfoliostream.server.stream.WireView;
import io.portfoliostream.server.sync.AccountLinking;
import io.portfoliostream.server.telemetry.RolloutMeters;
import io.portfoliostream.server.telemetry.StreamMeters;
import io.portfoliostream.server.telemetry.Telemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What the gateway is built of.
///
/// @param health how the server does, computed without waiting
public record GatewayParts(
    NetworkConfig network,
    Limits limits,
    Access access,
    Portfolios portfolios,
    Support support,
    Steering steering,
    Supplier<Rest.Health> health) {

  /// Bounds on what clients may do.
  ///
  /// @param connectionsPerUser on all nodes together
  /// @param messageBytes the largest message taken from a client
  /// @param closeGrace from our close frame to the end of the socket
  /// @param connectBurst attempts to connect that a user may make at once
  /// @param connectInterval after which one more may be made
  public record Limits(
      int connectionsPerUser,
      int messageBytes,
      Duration closeGrace,
      int connectBurst,
      Duration connectInterval) {

    /// The values that the protocol names.
    public static Limits defaults(int connectionsPerUser, int messageBytes, Duration closeGrace) {
      return new Limits(connectionsPerUser, messageBytes, closeGrace, 30, Duration.ofMillis(500));
    }
  }

  /// Who may do what, and what they did.
  public record Access(
      SignIn signIn,
      Sessions sessions,
      OwnSessions ownSessions,
      PasswordChange passwords,
      Users users,
      UserAdmin administration,
      AuditLog audit) {}

  /// What is shown and taken.
  ///
  /// @param compareNow compares a user's portfolio with the broker, where this node keeps the
  ///   account
  public record Portfolios(
      PortfolioReads reads,
      WireView view,
      OrderEntry orders,
      OrderChanges changes,
      AccountLinking linking,
      Corrections corrections,
      Function<UserId, Optional<CompletableFuture<List<Correction>>>> compareNow,
      StreamHub hub,
      EventBus bus,
      MarketDesk market,
      EquityHistory equity) {}

  /// What drives it.
  ///
  /// @param nanos monotonic time
  /// @param newId names a connection; must not be guessable
  /// @param random safe for any number of threads
  public record Support(
      InstantSource clock,
      LongSupplier nanos,
      Scheduler timer,
      Supplier<String> newId,
      RandomGenerator random,
      Telemetry telemetry,
      StreamMeters meters) {}

  /// What administrators steer and watch.
  ///
  /// @param cohorts counts who asks for something
  /// @param stats the figures of this node
  /// @param leave begins the end of this node, and tells how long it takes
  public record Steering(
      String node,
      RolloutSwitch rollout,
      RolloutMeters cohorts,
      Supplier<Operations.Stats> stats,
      AlertBoard alerts,
      Supplier<Operations.Draining> leave) {}
}
