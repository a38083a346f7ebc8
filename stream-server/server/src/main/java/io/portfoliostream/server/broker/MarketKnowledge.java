package io.portfoliostream.server.broker;

import io.portfoliostream.server.market.AssetDirectory;
import io.portfoliostream.server.market.MarketCalendar;
import io.portfoliostream.server.market.MarketClock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/// Keeps the market's calendar, its clock and the list of assets as new as they need to be: the
/// clock every minute, the others every day. What cannot be read stays as it was, and is asked for
/// again soon.
public final class MarketKnowledge implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MarketKnowledge.class.getName());

  static final Duration CLOCK = Duration.ofMinutes(1);
  static final Duration DAILY = Duration.ofDays(1);
  static final Duration AGAIN = Duration.ofSeconds(30);

  private static final int DAYS_BACK = 7;

  /// Long enough to do without the broker for a while.
  private static final int DAYS_AHEAD = 60;

  private final MarketReads reads;
  private final MarketClock clock;
  private final AssetDirectory assets;
  private final Drive drive;
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// What is read again and again.
  private record Chore(String name, Duration every, Runnable read) {}

  /// Creates the keeper; nothing is read before [#start].
  public MarketKnowledge(MarketReads reads, MarketClock clock, AssetDirectory assets, Drive drive) {
    this.reads = reads;
    this.clock = clock;
    this.assets = assets;
    this.drive = drive;
  }

  /// Begins to read.
  public void start() {
    List.of(
            new Chore("calendar", DAILY, this::readCalendar),
            new Chore("clock", CLOCK, this::readClock),
            new Chore("assets", DAILY, this::readAssets))
        .forEach(this::run);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run(Chore chore) {
    if (closed) {
      return;
    }
    try {
      drive.workers().execute(() -> later(chore, attempt(chore)));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "the server is closing", e);
    }
  }

  private void later(Chore chore, Duration delay) {
    if (!closed) {
      var _ = drive.timers().schedule(delay, () -> run(chore));
    }
  }

  /// Reads once, and tells when to read again.
  private Duration attempt(Chore chore) {
    try {
      chore.read().run();
      failing.remove(chore.name());
      return chore.every();
    } catch (BrokerUnavailable e) {
      // An outage is one line per chore, however long it lasts.
      var level = failing.add(chore.name()) ? Level.WARNING : Level.DEBUG;
      LOG.log(level, "{0}: {1}", chore.name(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the " + chore.name() + " cannot be kept", e);
    }
    return AGAIN;
  }

  private void readCalendar() {
    var today = LocalDate.ofInstant(drive.clock().instant(), ZoneOffset.UTC);
    var days = reads.calendar(today.minusDays(DAYS_BACK), today.plusDays(DAYS_AHEAD));
    clock.learn(new MarketCalendar(days));
  }

  private void readClock() {
    var askedAt = drive.clock().instant();
    var reading = reads.clock();
    clock.learn(reading, askedAt, drive.clock().instant());
  }

  private void readAssets() {
    assets.learn(reads.assets());
  }
}
