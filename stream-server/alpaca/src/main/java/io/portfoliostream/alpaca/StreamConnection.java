package io.portfoliostream.alpaca;

import io.portfoliostream.alpaca.StreamState.Attempts;
import io.portfoliostream.alpaca.StreamState.Authenticating;
import io.portfoliostream.alpaca.StreamState.BackingOff;
import io.portfoliostream.alpaca.StreamState.Closed;
import io.portfoliostream.alpaca.StreamState.Connecting;
import io.portfoliostream.alpaca.StreamState.Listening;
import io.portfoliostream.alpaca.StreamState.Live;
import io.portfoliostream.alpaca.StreamState.Refused;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Drives a [ConnectionMachine]: owns the socket and the timers, and acts on each new state.
///
/// Everything happens in one serial context; public methods may be called from any thread.
final class StreamConnection
    implements AutoCloseable, StreamProtocol.Connection, StreamSocket.Owner {
  private static final Logger LOG = System.getLogger(StreamConnection.class.getName());
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);
  private static final Duration QUIET_TICK = Duration.ofSeconds(1);
  private static final int QUIET_TICKS = 4;

  private final String name;
  private final HttpClient http;
  private final StreamProtocol protocol;
  private final StreamPolicy policy;
  private final StreamRuntime runtime;
  private final Consumer<StreamState> onState;
  private final ConnectionMachine machine;
  private final SerialContext context = new SerialContext();
  private final Timer handshakeTimer = new Timer();
  private final Timer retryTimer = new Timer();
  private final Timer pingTimer = new Timer();
  private final Timer stableTimer = new Timer();
  private final Timer quietTimer = new Timer();
  private volatile StreamState state = new Connecting(Attempts.NONE);
  private volatile @Nullable Instant lastFrameAt;
  private @Nullable StreamSocket socket;
  private final Queue<StreamEvent> events = new ArrayDeque<>();
  private boolean stepping;
  private boolean started;
  private int quietTicks;

  /// Creates a connection that is not started.
  ///
  /// @param name for logs
  StreamConnection(
      String name,
      HttpClient http,
      StreamProtocol protocol,
      StreamPolicy policy,
      StreamRuntime runtime,
      Consumer<StreamState> onState) {
    this.name = name;
    this.http = http;
    this.protocol = protocol;
    this.policy = policy;
    this.runtime = runtime;
    this.onState = onState;
    this.machine =
        new ConnectionMachine(policy.backoff(), policy.limitedBackoff(), runtime.random());
  }

  void start() {
    context.execute(() -> {
      if (!started && !state.isFinal()) {
        started = true;
        enter(state);
      }
    });
  }

  StreamState state() {
    return state;
  }

  Optional<Instant> lastFrameAt() {
    return Optional.ofNullable(lastFrameAt);
  }

  /// Gives the present socket up and connects anew after the usual pause.
  void reconnect(String cause) {
    later(() -> signal(new StreamEvent.Lost(cause)));
  }

  /// Runs a task in the serial context, but not on the calling thread.
  void later(Runnable task) {
    var _ = runtime.scheduler().schedule(Duration.ZERO, () -> context.execute(task));
  }

  /// Ends the stream, and waits a moment for the close frame to leave.
  @Override
  public void close() {
    var farewell = new CompletableFuture<Boolean>();
    context.execute(() -> {
      var last = socket;
      signal(new StreamEvent.Stopped());
      var leaving = last == null ? CompletableFuture.completedFuture(false) : last.retire();
      var _ = leaving.thenAccept(farewell::complete);
    });
    if (!context.isCurrent()) {
      await(farewell);
    }
  }

  private static void await(CompletableFuture<Boolean> farewell) {
    try {
      farewell.get(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "No close frame was sent", e);
    }
  }

  @Override
  public void send(String message) {
    if (socket != null) {
      socket.send(message);
    }
  }

  @Override
  public void signal(StreamEvent event) {
    if (!context.isCurrent()) {
      throw new IllegalStateException("only from within the serial context");
    }
    events.add(event);
    if (stepping) {
      return;
    }
    stepping = true;
    try {
      for (var next = events.poll(); next != null; next = events.poll()) {
        step(next);
      }
    } finally {
      stepping = false;
    }
  }

  @Override
  public void onOpened(StreamSocket opened) {
    if (opened.equals(socket)) {
      signal(new StreamEvent.Opened());
    }
  }

  @Override
  public void onMessage(StreamSocket from, byte[] message, Instant receivedAt) {
    if (!from.equals(socket)) {
      return;
    }
    quietTicks = 0;
    if (!quietTimer.isArmed()) {
      quietTimer.arm(QUIET_TICK, this::probeWhenQuiet);
    }
    protocol.onMessage(message, receivedAt, this);
  }

  @Override
  public void onFailed(StreamSocket failed, StreamEvent.Lost lost) {
    if (failed.equals(socket)) {
      signal(lost);
    }
  }

  @Override
  public void onHeard(Instant at) {
    lastFrameAt = at;
  }

  private void step(StreamEvent event) {
    var before = state;
    var after = machine.next(before, event);
    state = after;
    if (!after.equals(before) && !(before instanceof Live && after instanceof Live)) {
      enter(after);
    }
  }

  /// Acts on a new state, then tells it; an event that comes of the acting is handled afterwards.
  private void enter(StreamState entered) {
    log(entered);
    act(entered);
    tell(entered);
  }

  private void act(StreamState entered) {
    switch (entered) {
      case Connecting _ -> connect();
      case Authenticating _ -> protocol.onOpened(this);
      case Listening _ -> protocol.onAuthorized(this);
      case Live _ -> goLive();
      case BackingOff(_, var delay, _) -> {
        release();
        retryTimer.arm(delay, () -> signal(new StreamEvent.RetryDue()));
      }
      case Refused _, Closed _ -> release();
    }
  }

  /// A failing listener must not keep the machine from acting.
  private void tell(StreamState entered) {
    try {
      onState.accept(entered);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, name + ": the listener failed on " + entered, e);
    }
  }

  private void connect() {
    var opened = new StreamSocket(context, runtime, policy, this);
    socket = opened;
    var cause = "not live within " + policy.handshakeTimeout();
    handshakeTimer.arm(policy.handshakeTimeout(), () -> signal(new StreamEvent.Lost(cause)));
    opened.connect(http, protocol.uri());
  }

  private void goLive() {
    handshakeTimer.cancel();
    stableTimer.arm(policy.stableAfter(), () -> signal(new StreamEvent.Stabilized()));
    pingTimer.arm(policy.pingInterval(), this::ping);
  }

  private void ping() {
    if (socket == null) {
      return;
    }
    pingTimer.arm(policy.pingInterval(), this::ping);
    if (socket.ping() >= policy.missedPongs()) {
      var cause = "%d pings without an answer".formatted(policy.missedPongs());
      signal(new StreamEvent.Lost(cause));
    }
  }

  /// Finds out about an end that the JDK's WebSocket loses: when the peer's FIN comes while a
  /// message is being handled, its transport has no demand and swallows it
  /// (`TransportImpl.acknowledgeReception` throws an `InternalError` that nobody sees). A first
  /// ping then draws a reset, a second one closes the output on it, and a third one is refused.
  private void probeWhenQuiet() {
    if (socket == null) {
      return;
    }
    if (quietTicks > 0) {
      socket.probe();
    }
    quietTicks++;
    if (quietTicks < QUIET_TICKS) {
      quietTimer.arm(QUIET_TICK, this::probeWhenQuiet);
    }
  }

  private void release() {
    quietTimer.cancel();
    handshakeTimer.cancel();
    stableTimer.cancel();
    pingTimer.cancel();
    retryTimer.cancel();
    if (socket != null) {
      var _ = socket.retire();
      socket = null;
      protocol.onDisconnected();
    }
  }

  private void log(StreamState entered) {
    var level =
        switch (entered) {
          case Live _, Closed _ -> Level.INFO;
          case BackingOff _, Refused _ -> Level.WARNING;
          case Connecting _, Authenticating _, Listening _ -> Level.DEBUG;
        };
    LOG.log(level, "{0}: {1}", name, entered);
  }

  /// A timer that can be armed again; a run that was cancelled too late does nothing.
  private final class Timer {
    private Scheduler.@Nullable Task armed;
    private int generation;

    void arm(Duration delay, Runnable action) {
      cancel();
      var mine = generation;
      armed = runtime.scheduler().schedule(delay, () -> context.execute(() -> run(mine, action)));
    }

    boolean isArmed() {
      return armed != null;
    }

    private void run(int armedAs, Runnable action) {
      if (armedAs == generation) {
        armed = null;
        action.run();
      }
    }

    void cancel() {
      generation++;
      if (armed != null) {
        armed.cancel();
        armed = null;
      }
    }
  }
}
