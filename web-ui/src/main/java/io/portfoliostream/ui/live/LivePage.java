package io.portfoliostream.ui.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import com.vaadin.flow.server.ErrorEvent;
import io.portfoliostream.client.Changes;
import io.portfoliostream.client.Registration;
import io.portfoliostream.client.StreamApiException;
import io.portfoliostream.protocol.OrderRequest;
import io.portfoliostream.protocol.OrderUpdate;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One browser page's line to the portfolio.
///
/// Subscribes while a follower is on the page. However many changes come, one update is pending at
/// most; it shows the newest state, so a slow page skips what it has missed and never queues it.
/// Methods are called with the page's lock held, changes arrive on any thread.
public final class LivePage {
  private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);

  private final UI ui;
  private final LivePortfolio portfolio;
  private final Pulse pulse;
  private final Executor background;
  private final InstantSource clock;
  private final Set<LiveFollower> followers = new LinkedHashSet<>();
  private final PendingChanges pending = new PendingChanges();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean beatSent = new AtomicBoolean();
  private long beats;
  private @Nullable Registration changes;
  private @Nullable Registration beating;

  /// A line for `ui`.
  ///
  /// @param background runs what may wait for the server
  public LivePage(
      UI ui, LivePortfolio portfolio, Pulse pulse, Executor background, InstantSource clock) {
    this.ui = ui;
    this.portfolio = portfolio;
    this.pulse = pulse;
    this.background = background;
    this.clock = clock;
  }

  /// Keeps `follower` up to date while `owner` is on the page.
  public void follow(Component owner, LiveFollower follower) {
    owner.addAttachListener(_ -> add(follower));
    owner.addDetachListener(_ -> remove(follower));
    if (owner.isAttached()) {
      add(follower);
    }
  }

  /// Sends an order without holding up the page, which is then told how it went.
  ///
  /// @param idempotencyKey names the intention: sent twice, it makes one order
  public void submit(
      OrderRequest request,
      String idempotencyKey,
      Consumer<OrderUpdate> accepted,
      Consumer<StreamApiException> failed) {
    background.execute(() -> {
      try {
        var order = portfolio.submit(request, idempotencyKey);
        access(() -> accepted.accept(order));
      } catch (StreamApiException e) {
        access(() -> failed.accept(e));
      } catch (RuntimeException e) {
        access(() -> report(e));
      }
    });
  }

  /// Tries to connect at once.
  public void reconnectNow() {
    background.execute(portfolio::reconnectNow);
  }

  private void add(LiveFollower follower) {
    if (!followers.add(follower)) {
      return;
    }
    if (changes == null) {
      changes = portfolio.subscribe(this::changed);
      beating = pulse.register(this::beatIfQuiet);
    }
    follower.showAll(state());
    follower.beat(++beats, clock.instant());
  }

  private void remove(LiveFollower follower) {
    followers.remove(follower);
    if (followers.isEmpty()) {
      if (changes != null) {
        changes.close();
        changes = null;
      }
      if (beating != null) {
        beating.close();
        beating = null;
      }
    }
  }

  private void changed(Changes what) {
    pending.add(what);
    schedule();
  }

  private void beatIfQuiet() {
    if (!beatSent.getAndSet(false)) {
      schedule();
    }
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      access(this::update);
    }
  }

  private void update() {
    scheduled.set(false); // before taking: a later change schedules again
    beatSent.set(true);
    var what = pending.take();
    var now = state();
    var at = clock.instant();
    beats++;
    for (var follower : List.copyOf(followers)) {
      try {
        follower.showChanges(now, what);
        follower.beat(beats, at);
      } catch (RuntimeException e) {
        report(e);
      }
    }
  }

  private LiveState state() {
    return new LiveState(portfolio.portfolio(), portfolio.connection());
  }

  private void report(RuntimeException failure) {
    ui.getSession().getErrorHandler().error(new ErrorEvent(failure));
  }

  private void access(Command command) {
    try {
      var _ = ui.access(command);
    } catch (UIDetachedException _) {
      LOG.debug("The page has gone; nothing to show it.");
    }
  }
}
