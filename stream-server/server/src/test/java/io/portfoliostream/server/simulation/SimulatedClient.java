package io.portfoliostream.server.simulation;

import io.portfoliostream.client.Outcome.Answered;
import io.portfoliostream.client.Outcome.Applied;
import io.portfoliostream.client.Outcome.DigestDiffers;
import io.portfoliostream.client.Outcome.GapFound;
import io.portfoliostream.client.Outcome.Ignored;
import io.portfoliostream.client.Outcome.Proved;
import io.portfoliostream.client.Outcome.Rejected;
import io.portfoliostream.client.PortfolioReplica;
import io.portfoliostream.protocol.Channel;
import io.portfoliostream.protocol.ClientMessage;
import io.portfoliostream.protocol.ClientMessage.Ping;
import io.portfoliostream.protocol.ClientMessage.Resume;
import io.portfoliostream.protocol.ClientMessage.Subscribe;
import io.portfoliostream.protocol.ClientMessage.Unsubscribe;
import io.portfoliostream.protocol.ServerMessage;
import io.portfoliostream.protocol.StreamPosition;
import io.portfoliostream.protocol.Subscribed;
import io.portfoliostream.protocol.Welcome;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.stream.Client;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client with a real replica: connects, subscribes, resumes at gaps, comes back when it was cut
/// off.
final class SimulatedClient {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final int TRADES_KEPT = 100_000;

  private final World world;
  private final UserId user;
  private final String name;
  private final @Nullable Set<Channel> channels;
  private final @Nullable Integer windowMs;
  private final PortfolioReplica replica = new PortfolioReplica(TRADES_KEPT);
  private @Nullable Set<String> symbols;
  private @Nullable Wire wire;
  private @Nullable String connectionId;
  private @Nullable Subscribed shown;
  private @Nullable StreamPosition highest;
  private long heardAt;
  private long askedAt;
  private int attempts;
  private boolean changingView;

  SimulatedClient(
      World world,
      UserId user,
      String name,
      @Nullable Set<Channel> channels,
      @Nullable Set<String> symbols,
      @Nullable Integer windowMs) {
    this.world = world;
    this.user = user;
    this.name = name;
    this.channels = channels;
    this.symbols = symbols;
    this.windowMs = windowMs;
  }

  /// Connects as soon as the server lets it.
  void connect() {
    attempts++;
    var opening = new Wire(world.time(), world.faults(), this);
    wire = opening;
    var replaces = connectionId;
    connectionId = name + "-" + attempts;
    shown = null;
    heardAt = world.time().getAsLong();
    askedAt = heardAt;
    try {
      opening.attach(
          world
              .hub()
              .open(
                  new Client(user, world.session(user), connectionId, replaces, null, null),
                  opening));
      watch(opening);
    } catch (LedgerUnavailable _) {
      lost(opening, 503);
    }
  }

  private void watch(Wire watched) {
    world.later(
        Duration.ofMillis(500),
        () -> {
          if (watched.equals(wire)) {
            look(watched);
          }
        });
  }

  private void look(Wire watched) {
    var now = world.time().getAsLong();
    if (now - heardAt > SILENCE.toNanos()) {
      watched.abandon();
      lost(watched, 1006);
      return;
    }
    if ((replica.awaitsAnswer() || shown == null) && now - askedAt > ANSWER.toNanos()) {
      ask();
    }
    watch(watched);
  }

  void heard(Wire from) {
    if (from.equals(wire)) {
      heardAt = world.time().getAsLong();
    }
  }

  void lost(Wire which, int code) {
    if (which.equals(wire)) {
      wire = null;
      world.lost(code);
      world.later(Duration.ofMillis(200).plus(world.faults().upTo(2_000)), this::connect);
    }
  }

  void receive(Wire from, ServerMessage message) {
    if (!from.equals(wire)) {
      return;
    }
    heard(from);
    world.require(message.userId().equals(user.value()), "a frame of another user reached " + name);
    var outcome = replica.apply(message);
    switch (outcome) {
      case GapFound(var at) -> resume(at);
      case DigestDiffers(var at) -> throw new AssertionError(name + " is wrong at " + at);
      case Rejected(_, var ask) -> {
        if (ask) {
          ask();
        }
      }
      case Answered _ -> {
        shown = (Subscribed) message.data();
        symbols = shown.symbols();
        changingView = false;
      }
      case Applied _ -> {
        if (message.data() instanceof Welcome) {
          ask();
        }
      }
      case Proved _ -> world.proved();
      case Ignored _ -> {}
    }
    remember();
    world.check(this);
  }

  /// Positions never go back within a numbering.
  private void remember() {
    var at = replica.portfolio().streamPosition().orElse(null);
    var before = highest;
    if (at != null) {
      world.require(
          before == null || !before.epoch().equals(at.epoch()) || at.seq() >= before.seq(),
          () -> name + " went back from " + before + " to " + at);
      highest = at;
    }
  }

  private void ask() {
    askedAt = world.time().getAsLong();
    var place = changingView ? null : replica.resumeFrom().orElse(null);
    say(new Subscribe(channels, symbols, windowMs, place));
  }

  private void resume(StreamPosition at) {
    if (changingView || shown == null) {
      ask();
    } else {
      askedAt = world.time().getAsLong();
      say(new Resume(at));
    }
  }

  /// Cuts its connection, if it has one.
  void cut(boolean serverKnows, boolean clientKnows) {
    if (wire != null) {
      wire.cut(serverKnows, clientKnows);
    }
  }

  void ping() {
    say(new Ping(name));
  }

  /// Looks at other symbols, where it looks at some only. Until it knows that it is shown them it
  /// asks for whole views: a replay would be for the symbols that it does not hold yet.
  void lookAt(String symbol) {
    var now = symbols;
    if (wire == null || now == null || replica.awaitsAnswer() || changingView) {
      return;
    }
    changingView = true;
    say(
        now.contains(symbol)
            ? new Unsubscribe(null, Set.of(symbol))
            : new Subscribe(channels, Set.of(symbol), null, null));
  }

  private void say(ClientMessage message) {
    if (wire != null) {
      wire.say(message);
    }
  }

  String name() {
    return name;
  }

  UserId user() {
    return user;
  }

  PortfolioReplica replica() {
    return replica;
  }

  /// What it is shown, while it stands somewhere.
  Optional<Subscribed> shown() {
    return replica.awaitsAnswer() ? Optional.empty() : Optional.ofNullable(shown);
  }

  boolean isConnected() {
    return wire != null;
  }
}
