package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerAccount;
import io.portfoliostream.server.broker.BrokerEvents;
import io.portfoliostream.server.broker.BrokerMoney;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.ledger.BookingRule;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Account;
import io.portfoliostream.server.portfolio.Booking;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.PortfolioEvent.PositionChanged;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.sync.Findings.Finding;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps one user's ledger true to their broker account.
///
/// Two loops, each on a thread of its own: one books what the stream reports, in order; the other
/// compares ledger and broker whenever the bell rings, and every [#COMPARE_EVERY]. Both write under
/// the portfolio's lock, and what the stream booked during a comparison stays untouched by it.
final class AccountSync implements BrokerEvents, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AccountSync.class.getName());

  /// Time between two comparisons without cause.
  static final Duration COMPARE_EVERY = Duration.ofSeconds(45);

  /// Time between two comparisons at least, whatever rings.
  private static final Duration COMPARE_AT_MOST_EVERY = Duration.ofSeconds(2);

  /// Order events that come together are followed by one read of the account.
  private static final Duration REFRESH_AFTER = Duration.ofMillis(250);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final int MAILBOX = 10_000;
  private static final int BACKLOG = 8;
  private static final int BOOKED_AT_ONCE = 50;
  private static final Duration SETTLE_PAUSE = Duration.ofMillis(20);
  private static final int SETTLE_TRIES = 250;

  private final UserId user;
  private final BrokerAccount broker;
  private final SyncParts parts;
  private final TradingWatch watch;
  private final BlockingQueue<Reported> mailbox = new ArrayBlockingQueue<>(MAILBOX);
  private final Semaphore compareBell = new Semaphore(0);
  private final Semaphore refreshBell = new Semaphore(0);
  private final Set<String> wanted = new HashSet<>();
  private final Queue<CompletableFuture<List<Finding>>> requests = new ConcurrentLinkedQueue<>();
  private final AtomicLong reported = new AtomicLong();
  private final AtomicLong booked = new AtomicLong();
  private volatile boolean closed;

  /// Of the comparing thread.
  private Unmoved unmoved = Unmoved.UNKNOWN;

  AccountSync(UserId user, BrokerAccount broker, SyncParts parts, TradingWatch watch) {
    this.user = user;
    this.broker = broker;
    this.parts = parts;
    this.watch = watch;
  }

  private record Reported(OrderReport report, Instant receivedAt) {}

  BrokerAccount broker() {
    return broker;
  }

  void start() {
    parts.executor().execute(() -> loop("book", this::bookNext));
    parts.executor().execute(() -> loop("refresh", this::refreshNext));
    parts.executor().execute(() -> loop("compare", this::compareNext));
    compareBell.release();
  }

  /// Compares now.
  ///
  /// @return what differed; fails with [BrokerUnavailable] or [LedgerUnavailable]
  CompletableFuture<List<Finding>> compareNow() {
    var request = new CompletableFuture<List<Finding>>();
    requests.add(request);
    compareBell.release();
    return request;
  }

  /// An order of ours reached the broker: its money changed.
  void submitted() {
    refreshBell.release();
  }

  @Override
  public void disconnected() {
    // The watch counts the seconds; the comparison follows the next connection.
  }

  @Override
  public void connected() {
    compareBell.release();
  }

  @Override
  public void report(OrderReport report, Instant receivedAt) {
    watch.delivered();
    reported.incrementAndGet();
    if (!mailbox.offer(new Reported(report, receivedAt))) {
      LOG.log(Level.ERROR, "reports of {0} overflow; the comparison will find them", user);
      booked.incrementAndGet();
      compareBell.release();
    }
  }

  @Override
  public void unreadable(String problem, String raw) {
    LOG.log(Level.WARNING, "stream of {0}: {1}; reading the broker", user, problem);
    parts.executor().execute(() -> keep(problem, raw));
    compareBell.release();
  }

  private void keep(String problem, String raw) {
    try {
      parts.unknown().keep(user, problem, raw);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "an unknown event of " + user + " is not kept: " + raw, e);
    }
  }

  @Override
  public void reread(String cause) {
    LOG.log(Level.INFO, "stream of {0}: {1}; reading the broker", user, cause);
    compareBell.release();
  }

  @Override
  public void refused(String reason) {
    LOG.log(Level.ERROR, "the broker refuses the account of {0}: {1}", user, reason);
    watch.refused();
  }

  @Override
  public void close() {
    closed = true;
    compareBell.release();
    refreshBell.release();
    var gone = new BrokerUnavailable("the account is no longer kept here", null);
    takeRequests().forEach(request -> request.completeExceptionally(gone));
    synchronized (wanted) {
      wanted.forEach(parts.interest()::release);
      wanted.clear();
    }
  }

  /// An account that was let go books nothing any more: the portfolio may be another account's by
  /// then. The rule runs under the portfolio's lock, which whoever forgets a portfolio takes too.
  private BookingRule whileKept(BookingRule rule) {
    return books -> {
      if (!closed) {
        rule.decide(books);
      }
    };
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private void loop(String name, Step step) {
    try {
      while (!closed) {
        runStep(name, step);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void runStep(String name, Step step) throws InterruptedException {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "sync of " + user + ": " + name + " failed", e);
      compareBell.tryAcquire(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
      compareBell.release();
    }
  }

  /// Books report by report, so that every state of an order is told; a backlog is booked in one
  /// go, to be worked off faster than it came.
  private void bookNext() throws InterruptedException {
    var first = mailbox.poll(1, TimeUnit.SECONDS);
    if (first == null) {
      return;
    }
    var waiting = new ArrayList<Reported>();
    waiting.add(first);
    if (mailbox.size() >= BACKLOG) {
      mailbox.drainTo(waiting, BOOKED_AT_ONCE - 1);
    }
    try {
      book(waiting);
    } catch (LedgerUnavailable e) {
      LOG.log(
          Level.WARNING, "reports of {0} are left to the comparison: {1}", user, e.getMessage());
      watch.compared(false);
      compareBell.release();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "reports of " + user + " cannot be booked together", e);
      bookOneByOne(waiting);
    } finally {
      booked.addAndGet(waiting.size());
    }
  }

  /// One report that cannot be booked must not keep the others from it.
  private void bookOneByOne(List<Reported> reports) {
    for (var report : reports) {
      try {
        book(List.of(report));
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a report of " + user + " is left to the comparison", e);
        compareBell.release();
      }
    }
  }

  private void book(List<Reported> reports) {
    parts
        .ledger()
        .book(
            user,
            Cause.STREAM,
            reports.getFirst().receivedAt(),
            whileKept(books -> reports.forEach(each -> parts.orders().book(books, each.report()))))
        .ifPresent(this::wantPositions);
    refreshBell.release();
  }

  private void refreshNext() throws InterruptedException {
    if (!refreshBell.tryAcquire(1, TimeUnit.SECONDS)) {
      return;
    }
    parts.pause().await(REFRESH_AFTER);
    refreshBell.drainPermits();
    try {
      refresh();
    } catch (BrokerUnavailable | LedgerUnavailable e) {
      LOG.log(Level.WARNING, "cannot refresh the account of {0}: {1}", user, e.getMessage());
      compareBell.release();
    }
  }

  private void refresh() {
    var money = broker.money();
    parts
        .ledger()
        .book(
            user,
            Cause.REFRESH,
            money.askedAt(),
            whileKept(
                books -> books.account().ifPresent(account -> refresh(books, account, money))));
  }

  private void refresh(Books books, Account account, BrokerMoney money) {
    var changed =
        new Account(
            account.cash(),
            money.buyingPower(),
            money.lastEquity(),
            account.dayFlows(),
            books.now());
    if (!changed.sameFigures(account)) {
      books.recordRead(changed, money.askedAt(), false);
    }
    if (account.cash().compareTo(money.cash()) != 0) {
      compareBell.release();
    }
  }

  private void compareNext() throws InterruptedException {
    if (compareBell.tryAcquire(COMPARE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      compareBell.drainPermits();
    }
    if (closed) {
      return;
    }
    var asked = takeRequests();
    try {
      var findings = compare();
      asked.forEach(request -> request.complete(findings));
      parts.pause().await(COMPARE_AT_MOST_EVERY);
    } catch (BrokerUnavailable | LedgerUnavailable e) {
      LOG.log(Level.WARNING, "cannot compare {0} with the broker: {1}", user, e.getMessage());
      asked.forEach(request -> request.completeExceptionally(e));
      parts.metrics().comparisonFailed();
      watch.compared(false);
      parts.pause().await(AFTER_FAILURE);
      compareBell.release();
    }
  }

  private List<CompletableFuture<List<Finding>>> takeRequests() {
    var taken = new ArrayList<CompletableFuture<List<Finding>>>();
    for (var next = requests.poll(); next != null; next = requests.poll()) {
      taken.add(next);
    }
    return taken;
  }

  private List<Finding> compare() throws InterruptedException {
    var outcome = parts.reconciliation().run(user, broker, new Mailed(), unmoved);
    unmoved = outcome.unmoved();
    if (closed) {
      return List.of();
    }
    parts.metrics().compared();
    outcome.view().positions().keySet().forEach(this::want);
    outcome.findings().forEach(found -> parts.metrics().corrected(found.kind(), found.cause()));
    if (outcome.findings().stream().anyMatch(found -> found.cause().isDrift())) {
      LOG.log(Level.WARNING, "corrected {0}: {1}", user, outcome.findings());
    }
    if (outcome.findings().stream().anyMatch(found -> found.cause() == Explanation.MISSED)) {
      // What the stream should have delivered while it was up makes it suspect.
      watch.missed();
    }
    if (unmoved.isUrgent()) {
      compareBell.release();
    }
    watch.compared(true);
    return outcome.findings();
  }

  /// What the stream delivers, by way of the mailbox.
  private final class Mailed implements Reconciliation.Streamed {
    @Override
    public Optional<Instant> since() {
      return watch.connectedSince();
    }

    @Override
    public BookingRule whileKept(BookingRule rule) {
      return AccountSync.this.whileKept(rule);
    }

    @Override
    public void settle() throws InterruptedException {
      var upTo = reported.get();
      for (var wait = 0; wait < SETTLE_TRIES && booked.get() < upTo; wait++) {
        parts.pause().await(SETTLE_PAUSE);
      }
    }
  }

  private void wantPositions(Booking booking) {
    for (var event : booking.events()) {
      if (event instanceof PositionChanged(var position)) {
        want(position.symbol());
      }
    }
  }

  private void want(String symbol) {
    synchronized (wanted) {
      if (!closed && wanted.add(symbol)) {
        parts.interest().want(symbol);
      }
    }
  }
}
