package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.Shutdown;
import io.portfoliostream.server.bus.Announcement;
import io.portfoliostream.server.bus.Announcement.ClientReturned;
import io.portfoliostream.server.bus.Announcement.Disconnect;
import io.portfoliostream.server.bus.Announcement.RealtimeChanged;
import io.portfoliostream.server.bus.Registration;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.portfolio.Mark;
import io.portfoliostream.server.portfolio.UserId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All connections of this node, and what they are told.
///
/// Listens to the bus for bookings, ticks and revocations, to the feed board for staleness, and
/// compares itself with the database every few seconds: a lost last message leaves no hole in the
/// numbers, and a revocation may get lost on the way. Safe for any number of threads.
public final class StreamHub implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StreamHub.class.getName());
  private static final Shutdown.Range AT_CLOSE = new Shutdown.Range(200, 2_000);
  private static final Shutdown.Range AT_DISCONNECT = new Shutdown.Range(1_000, 5_000);

  private final StreamContext context;
  private final Holders holders;
  private final Map<UserId, UserStream> streams = new ConcurrentHashMap<>();
  private final Map<String, StreamConnection> connections = new ConcurrentHashMap<>();
  private final List<Registration> registrations;
  private volatile @Nullable Shutdown draining;
  private volatile boolean closed;
  private boolean ledgerLost;

  /// Creates a hub without connections and begins to listen.
  public StreamHub(StreamSettings settings, StreamSources sources, StreamRuntime runtime) {
    this.context = new StreamContext(settings, sources, runtime);
    this.holders = new Holders(sources.interest());
    this.registrations =
        List.of(
            sources.bus().onTicks(this::ticked),
            sources.bus().onRevoked(revoked -> revoke(revoked.sessionId())),
            sources.bus().onAnnounced(this::heard),
            sources.feeds().onChange(this::feedChanged));
    checkLater();
  }

  /// Opens a connection and welcomes its client; the one that it replaces is closed first. Reads
  /// the ledger for a user's first connection.
  ///
  /// @throws LedgerUnavailable when the ledger cannot be read; nothing was opened
  public StreamConnection open(Client client, Transport transport) {
    if (client.replaces() != null) {
      comeBack(client.user(), client.replaces());
    }
    var connection = join(client, transport);
    connection.beat();
    var shutdown = draining;
    if (shutdown != null) {
      connection.shutdown(shutdown);
    }
    return connection;
  }

  /// Closes a user's connection since the same client comes back on another one.
  ///
  /// @return whether there was such a connection on this node
  public boolean replace(UserId user, String connectionId) {
    var old = connections.get(connectionId);
    if (old == null || old.hasEnded() || !old.client().user().equals(user)) {
      return false;
    }
    old.end(CloseCode.REPLACED, "replaced by a newer connection");
    context.metrics().returned(null);
    return true;
  }

  /// The connection may have been lost here, or on another node.
  private void comeBack(UserId user, String connectionId) {
    if (!replace(user, connectionId) && !context.comebacks().returned(user, connectionId)) {
      context.sources().bus().announce(new ClientReturned(user, connectionId));
    }
  }

  private void heard(Announcement announcement) {
    switch (announcement) {
      case Disconnect(var user) -> disconnect(user);
      case ClientReturned(var user, var connectionId) -> {
        var _ = context.comebacks().returned(user, connectionId);
      }
      case RealtimeChanged _ -> {}
    }
  }

  private void disconnect(UserId user) {
    var shutdown = new Shutdown("disconnected by an administrator", AT_DISCONNECT);
    for (var connection : connections.values()) {
      if (connection.client().user().equals(user)) {
        connection.shutdown(shutdown);
      }
    }
  }

  /// What can be told of a user's open connections on this node.
  public List<OpenConnection> connections(UserId user) {
    var stream = streams.get(user);
    return stream == null
        ? List.of()
        : stream.connections().stream().map(StreamConnection::view).toList();
  }

  /// Ends the connections of a session that ended.
  public void revoke(String sessionId) {
    end(
        client -> client.sessionId().equals(sessionId),
        CloseCode.SESSION_ENDED,
        "the session ended");
  }

  /// Ends the connections of the clients that `which` names.
  public void end(Predicate<Client> which, CloseCode code, String reason) {
    for (var connection : connections.values()) {
      if (which.test(connection.client())) {
        connection.end(code, reason);
      }
    }
  }

  /// Tells all clients to come back later, and closes their connections; those that are opened from
  /// now on too.
  ///
  /// @param comeBack when, in milliseconds
  public void drain(Shutdown.Range comeBack) {
    var shutdown = new Shutdown("restart", comeBack);
    draining = shutdown;
    connections.values().forEach(connection -> connection.shutdown(shutdown));
  }

  /// Tells some clients to come back later, and closes their connections.
  ///
  /// @param comeBack when, in milliseconds
  /// @param most how many at most
  /// @return how many connections stay open
  public int letGo(Shutdown.Range comeBack, int most) {
    var shutdown = new Shutdown("restart", comeBack);
    var told = 0;
    var open = 0;
    for (var connection : connections.values()) {
      if (connection.hasEnded()) {
        continue;
      }
      if (told < most) {
        told++;
        connection.shutdown(shutdown);
      } else {
        open++;
      }
    }
    return open;
  }

  /// How much the streams hold just now.
  public StreamStats stats() {
    long waiting = 0;
    var largest = 0;
    for (var connection : connections.values()) {
      var bytes = connection.waitingBytes();
      waiting += bytes;
      largest = Math.max(largest, bytes);
    }
    return new StreamStats(streams.size(), connections.size(), waiting, largest, holders.symbols());
  }

  /// Drains, and listens no more.
  @Override
  public void close() {
    closed = true;
    registrations.forEach(Registration::close);
    if (draining == null) {
      drain(AT_CLOSE);
    }
  }

  private StreamConnection join(Client client, Transport transport) {
    while (true) {
      var stream = streams.computeIfAbsent(client.user(), this::create);
      var joined = stream.join(subscription -> create(stream, client, transport, subscription));
      if (joined.isPresent()) {
        return joined.get();
      }
      streams.remove(client.user(), stream);
    }
  }

  private UserStream create(UserId user) {
    return new UserStream(user, context, holders, retired -> streams.remove(user, retired));
  }

  /// Registers a connection, and only then looks whether its session still stands: a revocation
  /// that comes between the two finds it.
  private StreamConnection create(
      UserStream stream, Client client, Transport transport, Subscription subscription) {
    var id = client.connectionId();
    var connection =
        new StreamConnection(
            stream,
            client,
            transport,
            subscription,
            context,
            firstPingAfter(),
            () -> connections.remove(id));
    connections.put(id, connection);
    try {
      if (isSignedOut(client)) {
        connection.end(CloseCode.SESSION_ENDED, "the session ended");
      }
    } catch (RuntimeException e) {
      connections.remove(id);
      throw e;
    }
    context.metrics().opened();
    return connection;
  }

  private boolean isSignedOut(Client client) {
    var session = client.sessionId();
    return !context.sources().sessions().stillValid(Set.of(session)).contains(session);
  }

  private Duration firstPingAfter() {
    var random = context.runtime().random();
    synchronized (random) {
      return Duration.ofNanos(
          random.nextLong(context.settings().heartbeat().interval().toNanos()) + 1);
    }
  }

  private void ticked(List<Mark> ticks) {
    var nanos = context.nanos();
    var now = context.now();
    for (var mark : context.sources().marks().offer(ticks)) {
      var age = Duration.between(mark.receivedAt(), now);
      var arrived = age.isNegative() ? nanos : nanos - age.toNanos();
      for (var holder : holders.of(mark.symbol())) {
        holder.touch(mark.symbol(), mark.receivedAt(), arrived, now);
      }
    }
  }

  private void feedChanged(FeedBoard.Change change) {
    if (change.user() == null) {
      streams.values().forEach(UserStream::feedsChanged);
    } else {
      Optional.ofNullable(streams.get(change.user())).ifPresent(UserStream::feedsChanged);
    }
  }

  private void checkLater() {
    if (!closed) {
      context.later(context.settings().upkeep().checkInterval(), this::check);
    }
  }

  private void check() {
    try {
      context.comebacks().expire();
      connections.values().forEach(StreamConnection::endIfStalled);
      checkPositions();
      checkSessions();
      foundLedger();
    } catch (LedgerUnavailable e) {
      lostLedger(e);
    } finally {
      checkLater();
    }
  }

  private void checkPositions() {
    if (!streams.isEmpty()) {
      context
          .sources()
          .reads()
          .positions(List.copyOf(streams.keySet()))
          .forEach((user, position) ->
              Optional.ofNullable(streams.get(user)).ifPresent(stream -> stream.noticed(position)));
    }
  }

  private void checkSessions() {
    var sessions =
        connections.values().stream()
            .map(connection -> connection.client().sessionId())
            .collect(Collectors.toUnmodifiableSet());
    if (!sessions.isEmpty()) {
      var valid = context.sources().sessions().stillValid(sessions);
      end(
          client -> sessions.contains(client.sessionId()) && !valid.contains(client.sessionId()),
          CloseCode.SESSION_ENDED,
          "the session ended");
    }
  }

  private void lostLedger(LedgerUnavailable e) {
    if (!ledgerLost) {
      ledgerLost = true;
      LOG.log(Level.WARNING, "The ledger cannot be read; streams go on from memory, as stale", e);
      context.sources().feeds().ledgerLost(context.now());
    }
  }

  private void foundLedger() {
    if (ledgerLost) {
      ledgerLost = false;
      LOG.log(Level.INFO, "The ledger can be read again");
      context.sources().feeds().ledgerFound(context.now());
    }
  }
}
