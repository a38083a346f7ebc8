package io.portfoliostream.server.rollout;

import io.portfoliostream.server.bus.Announcement;
import io.portfoliostream.server.bus.Announcement.RealtimeChanged;
import io.portfoliostream.server.bus.EventBus;
import io.portfoliostream.server.bus.Listeners;
import io.portfoliostream.server.bus.Registration;
import io.portfoliostream.server.portfolio.UserId;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The roll-out as this node follows it: read at the start, heard from the bus, and read again
/// every now and then, since the bus may lose a word.
///
/// Where the configuration says off, the node begins with real time off whatever is stored, and
/// follows changes from then on. Safe for any number of threads.
public final class RolloutSwitch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RolloutSwitch.class.getName());

  private final RolloutStore store;
  private final EventBus bus;
  private final Listeners<Rollout> listeners = new Listeners<>("a change of the roll-out");
  private final ReentrantLock changing = new ReentrantLock();
  private final Registration registration;
  private volatile RolloutState state;

  private RolloutSwitch(RolloutStore store, EventBus bus, RolloutState state) {
    this.store = store;
    this.bus = bus;
    this.state = state;
    this.registration = bus.onAnnounced(this::heard);
  }

  /// Begins to follow the roll-out.
  ///
  /// @param configured false to begin with real time off
  public static RolloutSwitch start(RolloutStore store, EventBus bus, boolean configured) {
    var stored = store.read();
    return new RolloutSwitch(store, bus, configured ? stored : stored.off());
  }

  /// Whether `user` may stream.
  public boolean admits(UserId user) {
    return state.rollout().admits(user);
  }

  /// The roll-out that this node follows.
  public RolloutState state() {
    return state;
  }

  /// Changes the roll-out on all nodes.
  ///
  /// @param enabled as it is when absent
  /// @param percent as it is when absent
  public RolloutState change(@Nullable Boolean enabled, @Nullable Integer percent, UserId by) {
    var stored = write(enabled, percent, by);
    var rollout = stored.rollout();
    tell(rollout);
    bus.announce(
        new RealtimeChanged(
            rollout.enabled(),
            rollout.percent(),
            stored.version(),
            stored.changedAt(),
            stored.changedBy()));
    return stored;
  }

  /// One change at a time, or one would undo what it was not told to touch.
  private RolloutState write(@Nullable Boolean enabled, @Nullable Integer percent, UserId by) {
    changing.lock();
    try {
      var now = state.rollout();
      var stored =
          store.write(
              new Rollout(
                  enabled == null ? now.enabled() : enabled,
                  percent == null ? now.percent() : percent),
              by);
      var _ = take(stored);
      return stored;
    } finally {
      changing.unlock();
    }
  }

  /// Reads the database for a change that was not heard.
  public void refresh() {
    follow(store.read());
  }

  /// Hears each change.
  public Registration onChange(Consumer<Rollout> listener) {
    return listeners.add(listener);
  }

  @Override
  public void close() {
    registration.close();
  }

  private void heard(Announcement announcement) {
    switch (announcement) {
      case RealtimeChanged(var enabled, var percent, var version, var at, var by) ->
          follow(new RolloutState(new Rollout(enabled, percent), version, at, by));
      case Announcement.Disconnect _, Announcement.ClientReturned _ -> {}
    }
  }

  private void follow(RolloutState told) {
    if (take(told)) {
      tell(told.rollout());
    }
  }

  /// Whether that was news.
  private synchronized boolean take(RolloutState told) {
    if (told.version() <= state.version()) {
      return false;
    }
    state = told;
    return true;
  }

  private void tell(Rollout rollout) {
    LOG.log(
        Level.INFO,
        "real time is {0} for {1} % of the users",
        rollout.enabled() ? "on" : "off",
        rollout.percent());
    listeners.tell(rollout);
  }
}
