package io.portfoliostream.server.stream;

import io.portfoliostream.protocol.Shutdown;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How a node leaves its clients: first it says that it will, so that no new ones are sent to it;
/// then it lets them go in stages, so that they do not fall upon the other nodes together; at last
/// it waits for their sockets to end.
public final class Departure {
  private static final Logger LOG = System.getLogger(Departure.class.getName());

  private static final int STAGES = 10;
  private static final Duration LOOK = Duration.ofMillis(10);

  /// For each client a random time in it.
  private static final Shutdown.Range COME_BACK = new Shutdown.Range(200, 2_000);

  private final StreamHub hub;
  private final Runnable announce;
  private final Plan plan;
  private final LongSupplier nanos;
  private final Pause pause;

  /// A departure that has not begun.
  ///
  /// @param announce tells health checks, and refuses new streams
  /// @param nanos monotonic time
  public Departure(StreamHub hub, Runnable announce, Plan plan, LongSupplier nanos, Pause pause) {
    this.hub = hub;
    this.announce = announce;
    this.plan = plan;
    this.nanos = nanos;
    this.pause = pause;
  }

  /// How much time it takes.
  ///
  /// @param notice from the announcement to the first goodbye
  /// @param spread within which all goodbyes are said
  /// @param grace after the last goodbye, until the sockets must have ended
  public record Plan(Duration notice, Duration spread, Duration grace) {
    /// The longest time that a departure takes.
    public Duration longest() {
      return notice.plus(spread).plus(grace);
    }
  }

  /// Waits.
  @FunctionalInterface
  public interface Pause {
    /// Returns after `duration`.
    void await(Duration duration) throws InterruptedException;
  }

  /// Leaves; returns when nobody is connected any more, or the plan's time is over. An interrupt
  /// ends the waiting, not the goodbyes.
  public void run() {
    announce.run();
    try {
      pause.await(plan.notice);
      letGoInStages();
      hub.drain(COME_BACK);
      awaitEnd();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      hub.drain(COME_BACK);
    }
  }

  private void letGoInStages() throws InterruptedException {
    var left = hub.letGo(COME_BACK, 0);
    LOG.log(Level.INFO, "leaving {0} connections", left);
    var each = Math.ceilDiv(left, STAGES);
    for (var stage = 0; stage < STAGES && left > 0; stage++) {
      left = hub.letGo(COME_BACK, each);
      if (left > 0) {
        pause.await(plan.spread.dividedBy(STAGES));
      }
    }
  }

  private void awaitEnd() throws InterruptedException {
    var deadline = nanos.getAsLong() + plan.grace.toNanos();
    while (hub.stats().connections() > 0 && nanos.getAsLong() - deadline < 0) {
      pause.await(LOOK);
    }
  }
}
