package io.portfoliostream.server.gateway;

import io.helidon.http.HeaderNames;
import io.portfoliostream.protocol.Problem;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.server.auth.Authenticator;
import io.portfoliostream.server.auth.Identity;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Client;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Decides who may open a stream, over a WebSocket or as events. Everything is decided before the
/// request is answered, and nothing is taken that would have to be given back.
///
/// @param realtime whether a user may stream
/// @param draining whether the node is shutting down
/// @param newId names a connection
record Doorkeeper(
    OriginPolicy origins,
    Authenticator authenticator,
    ClientAddresses addresses,
    ConnectRate rate,
    Predicate<UserId> realtime,
    BooleanSupplier draining,
    Supplier<String> newId) {
  private static final int MAX_AGENT = 200;
  private static final Duration DRAIN_TIME = Duration.ofSeconds(5);

  /// What was decided.
  sealed interface Decision {
    /// To be let in, if there is a place.
    record Welcome(Client client) implements Decision {}

    /// To be turned away.
    record Away(Answer answer) implements Decision {}
  }

  /// The other end of a connection.
  ///
  /// @param tls whether the connection itself is
  record Peer(SocketAddress address, boolean tls) {}

  /// Decides on an upgrade to a WebSocket.
  ///
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable when the identity cannot be checked
  Decision decide(Handshake handshake, Peer peer) {
    var flaw = flaw(handshake);
    return flaw.isPresent() ? new Decision.Away(flaw.get()) : decideOnEvents(handshake, peer);
  }

  /// Decides on a request for events, which is no upgrade.
  ///
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable when the identity cannot be checked
  Decision decideOnEvents(Handshake handshake, Peer peer) {
    var closed = closed(handshake);
    if (closed.isPresent()) {
      return new Decision.Away(closed.get());
    }
    var identity = authenticator.authenticate(handshake.request(isSecure(handshake, peer)));
    if (identity.isEmpty()) {
      return new Decision.Away(Answer.unauthenticated());
    }
    var bar = bar(identity.get().user());
    return bar.isPresent()
        ? new Decision.Away(bar.get())
        : new Decision.Welcome(client(handshake, identity.get(), peer.address()));
  }

  private boolean isSecure(Handshake handshake, Peer peer) {
    return addresses.isSecure(
        peer.tls(), peer.address(), handshake.all(HeaderNames.X_FORWARDED_PROTO));
  }

  private static Optional<Answer> flaw(Handshake handshake) {
    if (!handshake.isGet()) {
      return Optional.of(
          Answer.problem(ProblemCode.METHOD_NOT_ALLOWED, "The stream is opened by GET.")
              .with("Allow", "GET"));
    }
    if (!handshake.isVersion13()) {
      return Optional.of(upgradeRequired("The stream needs version 13 of WebSocket."));
    }
    return handshake.isWellFormed()
        ? Optional.empty()
        : Optional.of(
            Answer.problem(ProblemCode.BAD_REQUEST, "The WebSocket handshake is malformed."));
  }

  private Optional<Answer> closed(Handshake handshake) {
    if (!origins.mayRead(handshake.origins())) {
      return Optional.of(
          Answer.problem(
              ProblemCode.ORIGIN_NOT_ALLOWED, "Pages of this origin may not open the stream."));
    }
    return draining.getAsBoolean() ? Optional.of(goingDown()) : Optional.empty();
  }

  private Optional<Answer> bar(UserId user) {
    if (!realtime.test(user)) {
      return Optional.of(
          Answer.problem(ProblemCode.REALTIME_DISABLED, "Real-time updates are switched off."));
    }
    var wait = rate.attempt(user);
    return wait.isZero()
        ? Optional.empty()
        : Optional.of(
            Answer.problem(ProblemCode.CONNECT_RATE, "Too many attempts to connect.")
                .retryAfter(wait));
  }

  private Client client(Handshake handshake, Identity identity, SocketAddress peer) {
    var agent = handshake.headers().first(HeaderNames.USER_AGENT);
    return new Client(
        identity.user(),
        identity.sessionId(),
        newId.get(),
        handshake.replaces().orElse(null),
        addresses.of(peer, handshake.all(HeaderNames.X_FORWARDED_FOR)),
        agent.map(text -> text.substring(0, Math.min(text.length(), MAX_AGENT))).orElse(null));
  }

  /// For those who hold all their places.
  static Answer full() {
    return Answer.problem(ProblemCode.CONNECTION_LIMIT, "Maximum connections exceeded");
  }

  /// For those who ask for the stream without an upgrade that it knows.
  static Answer upgradeRequired(String detail) {
    return Answer.problem(
            new Problem("about:blank", "Upgrade required", 426, "upgrade_required", detail, null))
        .with("Upgrade", "websocket")
        .with("Sec-WebSocket-Version", "13");
  }

  private static Answer goingDown() {
    return Answer.problem(ProblemCode.DRAINING, "This server is shutting down.")
        .retryAfter(DRAIN_TIME);
  }
}
