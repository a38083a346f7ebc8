package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerAccount;
import io.portfoliostream.server.broker.BrokerConnector;
import io.portfoliostream.server.broker.BrokerEvents;
import io.portfoliostream.server.broker.BrokerStream;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import io.portfoliostream.server.ledger.Correction;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.marks.FeedState;
import io.portfoliostream.server.orders.Permission;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.sync.Findings.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The accounts that this node keeps true.
public final class AccountSyncs implements AutoCloseable {
  /// Streams are started one after the other, so that thousands do not reach the broker at once.
  private static final Duration STAGGER = Duration.ofMillis(10);

  private final SyncParts parts;
  private final BrokerConnector connector;
  private final ScheduledExecutorService timers;
  private final Map<UserId, LinkedAccount> awaited = new ConcurrentHashMap<>();
  private final Map<UserId, Running> running = new ConcurrentHashMap<>();
  private final Instant startedAt;

  /// Creates the set, empty.
  public AccountSyncs(SyncParts parts, BrokerConnector connector, ScheduledExecutorService timers) {
    this.parts = parts;
    this.connector = connector;
    this.timers = timers;
    this.startedAt = parts.clock().instant();
  }

  private record Running(
      LinkedAccount account, AccountSync sync, BrokerStream stream, TradingWatch watch) {
    void close() {
      sync.close();
      stream.close();
    }
  }

  /// Begins with `accounts`.
  public void start(List<LinkedAccount> accounts) {
    var delay = 0L;
    // Linked is linked from the first request on, whenever the account's turn comes.
    accounts.forEach(account -> awaited.put(account.user(), account));
    for (var account : accounts) {
      var _ = timers.schedule(() -> startAwaited(account), delay, TimeUnit.MILLISECONDS);
      delay += STAGGER.toMillis();
    }
    var _ = timers.scheduleWithFixedDelay(this::check, 1, 1, TimeUnit.SECONDS);
  }

  /// A user's broker account, if this node keeps one.
  public Optional<BrokerAccount> broker(UserId user) {
    return Optional.ofNullable(running.get(user)).map(known -> known.sync().broker());
  }

  /// The broker account that a user linked, if any.
  ///
  /// @throws BrokerUnavailable when its turn to be read has not come yet
  public Optional<BrokerAccount> linked(UserId user) {
    if (awaited.containsKey(user)) {
      throw new BrokerUnavailable("the account is not read yet", null);
    }
    return broker(user);
  }

  /// Compares a user's ledger with the broker now.
  ///
  /// @return what differed and was corrected; fails when the broker or the ledger cannot be read;
  ///   empty when this node keeps no account of the user
  public Optional<CompletableFuture<List<Correction>>> compareNow(UserId user) {
    if (awaited.containsKey(user)) {
      return Optional.of(
          CompletableFuture.failedFuture(
              new BrokerUnavailable("the account is not read yet", null)));
    }
    return Optional.ofNullable(running.get(user))
        .map(known ->
            known
                .sync()
                .compareNow()
                .thenApply(all -> all.stream().map(Finding::correction).toList()));
  }

  /// An order of `user` reached the broker.
  public void submitted(UserId user) {
    Optional.ofNullable(running.get(user)).ifPresent(known -> known.sync().submitted());
  }

  @Override
  public synchronized void close() {
    awaited.clear();
    running.values().forEach(Running::close);
    running.clear();
  }

  /// Begins to keep an account.
  synchronized void keep(LinkedAccount account) {
    start(account);
  }

  /// Keeps a user's account no longer: what is known of it is stale from now on.
  ///
  /// @return the account that was kept
  synchronized Optional<LinkedAccount> letGo(UserId user) {
    var next = awaited.remove(user);
    var gone = running.remove(user);
    if (gone == null) {
      return Optional.ofNullable(next);
    }
    gone.close();
    parts.feeds().trading(user, new FeedState(false, parts.clock().instant(), null));
    return Optional.of(gone.account());
  }

  /// Whether a user may send orders to the account that this node keeps, or is about to.
  public Permission permission(UserId user) {
    var next = awaited.get(user);
    if (next != null) {
      return permission(next.viewOnly());
    }
    var known = running.get(user);
    return known == null ? Permission.NOT_LINKED : permission(known.account().viewOnly());
  }

  private static Permission permission(boolean viewOnly) {
    return viewOnly ? Permission.VIEW_ONLY : Permission.TRADE;
  }

  /// Starts an account whose turn has come, unless it was let go meanwhile.
  private synchronized void startAwaited(LinkedAccount account) {
    if (awaited.containsKey(account.user())) {
      start(account);
      awaited.remove(account.user());
    }
  }

  private void start(LinkedAccount account) {
    var watch = new TradingWatch(account.user(), parts.feeds(), parts.clock());
    var events = new Relay(watch);
    var link = connector.connect(account, events);
    var sync = new AccountSync(account.user(), link.account(), parts, watch);
    events.target = sync;
    watch.watch(link.stream());
    running.put(account.user(), new Running(account, sync, link.stream(), watch));
    sync.start();
    link.stream().start();
  }

  private void check() {
    var now = parts.clock().instant();
    var oldest = now;
    var newest = running.isEmpty() ? now : startedAt;
    for (var each : running.values()) {
      each.watch().check();
      var heard = each.watch().lastHeardAt().orElse(startedAt);
      oldest = heard.isBefore(oldest) ? heard : oldest;
      newest = heard.isAfter(newest) ? heard : newest;
    }
    parts
        .metrics()
        .brokerHeard(
            Duration.between(oldest, now).toSeconds(), Duration.between(newest, now).toSeconds());
  }

  /// Stands between the stream and the sync, which needs the stream's other end to exist first.
  private static final class Relay implements BrokerEvents {
    private final TradingWatch watch;
    private volatile BrokerEvents target = Relay.NOBODY;

    private static final BrokerEvents NOBODY =
        new BrokerEvents() {
          @Override
          public void connected() {}

          @Override
          public void disconnected() {}

          @Override
          public void report(OrderReport report, Instant receivedAt) {}

          @Override
          public void unreadable(String problem, String raw) {}

          @Override
          public void reread(String cause) {}

          @Override
          public void refused(String reason) {}
        };

    Relay(TradingWatch watch) {
      this.watch = watch;
    }

    @Override
    public void connected() {
      watch.connected();
      target.connected();
    }

    @Override
    public void disconnected() {
      watch.disconnected();
      target.disconnected();
    }

    @Override
    public void report(OrderReport report, Instant receivedAt) {
      target.report(report, receivedAt);
    }

    @Override
    public void unreadable(String problem, String raw) {
      target.unreadable(problem, raw);
    }

    @Override
    public void reread(String cause) {
      target.reread(cause);
    }

    @Override
    public void refused(String reason) {
      target.refused(reason);
    }
  }
}
