package io.portfoliostream.client;

import io.portfoliostream.client.ConnectionEvent.CloseRequested;
import io.portfoliostream.client.ConnectionEvent.PollFailed;
import io.portfoliostream.client.ConnectionEvent.Polled;
import io.portfoliostream.client.ConnectionEvent.Probed;
import io.portfoliostream.client.ConnectionEvent.ReconnectRequested;
import io.portfoliostream.client.ConnectionEvent.SessionGone;
import io.portfoliostream.client.ConnectionEvent.StartRequested;
import io.portfoliostream.client.ConnectionEvent.StatusRead;
import io.portfoliostream.client.ConnectionEvent.Timer;
import io.portfoliostream.client.ConnectionEvent.TimerFired;
import io.portfoliostream.client.Effect.AskAgain;
import io.portfoliostream.client.Effect.Cancel;
import io.portfoliostream.client.Effect.CountFallback;
import io.portfoliostream.client.Effect.DropSocket;
import io.portfoliostream.client.Effect.GoQuiet;
import io.portfoliostream.client.Effect.Hasten;
import io.portfoliostream.client.Effect.OpenSocket;
import io.portfoliostream.client.Effect.Poll;
import io.portfoliostream.client.Effect.Probe;
import io.portfoliostream.client.Effect.ReadStatus;
import io.portfoliostream.client.Effect.Schedule;
import io.portfoliostream.client.Effect.Subscribe;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.Rest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/// Performs what the [ConnectionMachine] decides: owns its state, timers, socket and requests.
///
/// Everything happens in the mailbox; other threads read the published view, state and counters, or
/// put a request into the mailbox.
final class Driver implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PortfolioClient.class.getName());
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Backend backend;
  private final Mailbox mailbox;
  private final Requests requests;
  private final ConnectionMachine machine;
  private final PortfolioReplica replica;
  private final Tally tally = new Tally();
  private final Conversation conversation;
  private final Map<Timer, Alarm> alarms = new EnumMap<>(Timer.class);
  private final List<PortfolioListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  // Owned by the mailbox.
  private LinkState state = new LinkState.Idle();
  private Shown shown;
  private CompletableFuture<Boolean> goodbye = CompletableFuture.completedFuture(true);

  private volatile PortfolioView portfolio;
  private volatile ConnectionState connection = new ConnectionState.Closed();
  private volatile ClientCounters counters = ClientCounters.ZERO;

  Driver(
      ClientSettings settings,
      Backend backend,
      Timers timers,
      InstantSource clock,
      RandomGenerator random,
      Executor threads) {
    this.clock = clock;
    this.random = random;
    this.backend = backend;
    this.mailbox = new Mailbox(threads, this::publishCounters);
    this.requests = new Requests(threads, mailbox);
    this.machine = new ConnectionMachine(settings);
    this.replica = new PortfolioReplica(settings.tradesKept());
    this.portfolio = replica.portfolio();
    this.shown = new Shown(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
    var core =
        new Core(
            settings,
            backend,
            mailbox,
            requests,
            timers,
            clock,
            replica,
            tally,
            this::handle,
            this::changed);
    this.conversation = new Conversation(core);
    for (var timer : Timer.values()) {
      alarms.put(timer, core.alarm(() -> handle(new TimerFired(timer))));
    }
  }

  void start() {
    post(new StartRequested());
  }

  void reconnectNow() {
    post(new ReconnectRequested());
  }

  PortfolioView portfolio() {
    return portfolio;
  }

  ConnectionState connection() {
    return connection;
  }

  ClientCounters counters() {
    return counters;
  }

  Registration subscribe(PortfolioListener listener) {
    // Wrapped, so that one listener may subscribe twice and leave once.
    PortfolioListener mine = changes -> listener.changed(changes);
    listeners.add(mine);
    return () -> listeners.remove(mine);
  }

  Rest.OrderAccepted submit(OrderRequest order, String idempotencyKey) {
    try {
      return backend.submit(order, idempotencyKey);
    } catch (StreamApiException.Refused e) {
      if (e.problem().status() == 401) {
        post(new SessionGone());
      }
      throw e;
    }
  }

  /// Done once the client is closed and its connection cut.
  CompletableFuture<Boolean> ended() {
    return ended;
  }

  /// Begins to close, without waiting for it.
  void requestClose() {
    post(new CloseRequested());
  }

  @Override
  public void close() {
    requestClose();
    if (mailbox.isOwner()) {
      return;
    }
    try {
      ended.get(LONGEST_GOODBYE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "the client closes slowly", e);
    }
  }

  private void post(ConnectionEvent event) {
    mailbox.execute(() -> handle(event));
  }

  private void handle(ConnectionEvent event) {
    mailbox.assertOwner();
    var before = state;
    var step = machine.next(before, event);
    state = step.state();
    step.effects().forEach(this::perform);
    boolean wasLive = before instanceof LinkState.Live;
    boolean isLive = state instanceof LinkState.Live;
    if (wasLive != isLive) {
      conversation.live(isLive);
    }
    show(before);
    if (state instanceof LinkState.Closed && !(before instanceof LinkState.Closed)) {
      requests.close();
      listeners.clear();
      var _ = goodbye.whenComplete((_, _) -> ended.complete(true));
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case OpenSocket _ -> {
        shown = shown.withAttemptAt(clock.instant());
        conversation.open();
      }
      case DropSocket _ -> {
        var _ = conversation.drop();
      }
      case Subscribe _ -> conversation.subscribe();
      case AskAgain _ -> conversation.askAgain();
      case Poll _ -> requests.call(backend::portfolio, this::polled, this::pollFailed);
      case Probe _ ->
          requests.call(
              () -> isWell(backend.health()),
              well -> handle(new Probed(well)),
              _ -> handle(new Probed(false)));
      case ReadStatus _ ->
          requests.call(
              () -> backend.streamStatus().realtimeEnabled(),
              enabled -> handle(new StatusRead(enabled)),
              failure -> handle(signedOutOr(new StatusRead(false), failure)));
      case Schedule(var timer, var min, var max) -> {
        alarm(timer).set(between(min, max));
        noteAttempt(timer);
      }
      case Hasten(var timer, var min, var max) -> {
        alarm(timer).setIfSooner(between(min, max));
        noteAttempt(timer);
      }
      case Cancel(var timer) -> alarm(timer).cancel();
      case CountFallback(var reason) -> conversation.fellBack(reason);
      case GoQuiet _ -> goQuiet();
    }
  }

  private void goQuiet() {
    alarms.values().forEach(Alarm::cancel);
    goodbye = conversation.drop();
  }

  private void polled(Rest.Portfolio read) {
    if (ConnectionMachine.fallbackOf(state).isEmpty()) {
      return;
    }
    tally.polls++;
    if (replica.adopt(read) instanceof Outcome.Applied(var changes)) {
      changed(changes);
    }
    handle(new Polled());
  }

  private void pollFailed(StreamApiException failure) {
    tally.pollFailures++;
    handle(signedOutOr(new PollFailed(), failure));
  }

  private static ConnectionEvent signedOutOr(ConnectionEvent other, StreamApiException failure) {
    return Core.isSignedOut(failure) ? new SessionGone() : other;
  }

  /// Whether the server would take a connection.
  private static boolean isWell(Rest.Health health) {
    return !health.status().equals("draining")
        && !health.database().equals("down")
        && health.realtime().enabled();
  }

  private void noteAttempt(Timer timer) {
    if (timer == Timer.ATTEMPT) {
      shown = shown.withAttemptAt(clock.instant().plus(alarm(timer).remaining()));
    }
  }

  /// Publishes the state, when it looks different from outside.
  private void show(LinkState before) {
    shown = shown.entered(before, state, clock.instant());
    var now = shown.of(state, replica.portfolio().asOf());
    if (!now.equals(connection)) {
      connection = now;
      LOG.log(Level.DEBUG, "{0}", now);
      tell(Changes.ofConnection());
    }
  }

  private void changed(Changes changes) {
    mailbox.assertOwner();
    portfolio = replica.portfolio();
    if (!changes.isEmpty()) {
      tell(changes);
    }
  }

  private void tell(Changes changes) {
    publishCounters();
    for (var listener : listeners) {
      try {
        listener.changed(changes);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a listener failed", e);
      }
    }
  }

  private void publishCounters() {
    portfolio = replica.portfolio();
    counters = tally.counters();
  }

  private Duration between(Duration min, Duration max) {
    long span = max.minus(min).toNanos();
    return span <= 0 ? min : min.plusNanos(random.nextLong(span + 1));
  }

  private Alarm alarm(Timer timer) {
    var alarm = alarms.get(timer);
    if (alarm == null) {
      throw new IllegalStateException("no alarm for " + timer);
    }
    return alarm;
  }
}
