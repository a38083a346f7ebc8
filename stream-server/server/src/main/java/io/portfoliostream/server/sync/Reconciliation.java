package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerAccount;
import io.portfoliostream.server.broker.BrokerActivity;
import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.broker.UnknownCursor;
import io.portfoliostream.server.ledger.BookingRule;
import io.portfoliostream.server.ledger.Books;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.sync.Findings.Finding;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One comparison of a user's ledger with the broker.
///
/// The broker is read once; where it differs, it is read again at least a second later, and what
/// both reads agree on is booked. Orders that we hold open and the broker does not list are asked
/// for one by one, since its list is by submission and not by change (Alpaca, recovery of missed
/// events).
public final class Reconciliation {
  private static final System.Logger LOG = System.getLogger(Reconciliation.class.getName());
  private static final Duration BETWEEN_READS = Duration.ofMillis(1_050);

  private final Ledger ledger;
  private final OrderBooking orders;
  private final InstantSource clock;
  private final Pause pause;

  /// Creates the comparison.
  public Reconciliation(Ledger ledger, OrderBooking orders, InstantSource clock, Pause pause) {
    this.ledger = ledger;
    this.orders = orders;
    this.clock = clock;
    this.pause = pause;
  }

  /// How a thread waits.
  @FunctionalInterface
  public interface Pause {
    /// Returns after the time has passed.
    void await(Duration duration) throws InterruptedException;
  }

  /// What a comparison found, and booked.
  ///
  /// @param first whether the user was never compared before: nothing found then is a difference
  /// @param unmoved what it could not book of what it found; another one has to follow
  /// @param view what the broker told
  record Outcome(boolean first, List<Finding> findings, Unmoved unmoved, BrokerView view) {}

  /// The account's stream, as a comparison sees it.
  interface Streamed {
    /// Since when it delivers, empty while it does not.
    Optional<Instant> since();

    /// The rule, for as long as the account is kept; afterwards it books nothing.
    BookingRule whileKept(BookingRule rule);

    /// Waits until what it delivered so far is booked, or a while.
    void settle() throws InterruptedException;
  }

  /// Compares and corrects.
  ///
  /// @param unmoved what the last comparison left
  /// @throws io.portfoliostream.server.broker.BrokerUnavailable when the broker cannot be read
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable when the ledger cannot be reached
  Outcome run(UserId user, BrokerAccount broker, Streamed stream, Unmoved unmoved)
      throws InterruptedException {
    var since = stream.since();
    var known = Known.read(ledger, user, clock.instant());
    var far = unmoved.inDoubt();
    var view = read(user, broker, known, far);
    if (known.isFirst()) {
      return book(user, known, new Reads(view, view, since, unmoved), stream);
    }
    if (!differs(user, view)) {
      touchCompared(user, view, stream);
      return new Outcome(false, List.of(), Unmoved.NOTHING, view);
    }
    if (!far && isMoved(user, view)) {
      far = true;
      view = read(user, broker, known, true);
    }
    pause.await(BETWEEN_READS);
    var again = read(user, broker, known, far);
    // What the stream told of meanwhile is newer than the reads, and has to be booked first.
    stream.settle();
    return book(user, known, new Reads(view, again, since, unmoved), stream);
  }

  /// Both reads of the broker, since when the stream delivered at the first, and what the
  /// comparison before them left to move.
  private record Reads(
      BrokerView first, BrokerView second, Optional<Instant> since, Unmoved unmoved) {}

  private BrokerView read(UserId user, BrokerAccount broker, Known known, boolean far) {
    var reports = new HashMap<String, OrderReport>();
    var since = known.since(clock.instant(), far);
    broker.ordersAfter(since).forEach(report -> reports.put(report.brokerId(), report));
    broker.openOrders().forEach(report -> reports.put(report.brokerId(), report));
    addOrders(known.worthAsking(), broker, reports);
    for (var order : known.lost()) {
      broker
          .orderByClientId(order.clientOrderId())
          .ifPresent(report -> reports.put(report.brokerId(), report));
    }
    var fills = fills(broker, known.cursor(), since);
    addOrdersOf(user, fills, broker, reports);
    var retold = new HashMap<String, List<BrokerFill>>();
    for (var brokerId : doubts(user, reports.values(), fills)) {
      retold.put(brokerId, broker.fillsOf(brokerId));
    }
    var positions = BrokerView.bySymbol(broker.positions());
    var history = history(broker, known, since);
    var money = broker.money();
    var ordered = new ArrayList<>(reports.values());
    ordered.sort((a, b) -> a.submittedAt().compareTo(b.submittedAt()));
    return new BrokerView(
        known.seq(),
        ordered,
        fills,
        retold,
        positions,
        history.activities(),
        money,
        flows(known, history));
  }

  private static List<BrokerFill> fills(
      BrokerAccount broker, @Nullable String cursor, Instant since) {
    if (cursor != null) {
      try {
        return broker.fills(cursor, null);
      } catch (UnknownCursor e) {
        LOG.log(Level.WARNING, "{0}; reading by time", e.getMessage());
      }
    }
    return broker.fills(null, since);
  }

  private Set<String> doubts(UserId user, Collection<OrderReport> reports, List<BrokerFill> fills) {
    var doubts = new HashSet<String>();
    ledger.book(
        user,
        Cause.RECONCILIATION,
        clock.instant(),
        books -> doubts.addAll(Doubts.among(reports, fills, books)));
    return doubts;
  }

  /// What happened besides trades.
  ///
  /// @param goesOn whether it follows what was read before; else it has at least the present day
  private record History(List<BrokerActivity> activities, boolean goesOn) {}

  private History history(BrokerAccount broker, Known known, Instant since) {
    var cursor = known.historyCursor();
    if (cursor == null) {
      return new History(broker.activities(null, since), true);
    }
    try {
      return new History(broker.activities(cursor, null), true);
    } catch (UnknownCursor e) {
      LOG.log(Level.WARNING, "{0}; reading by time", e.getMessage());
      var now = clock.instant();
      var morning = Explanations.day(now).atStartOfDay(Explanations.MARKET).toInstant();
      var from = since.isBefore(morning) ? since : morning;
      return new History(broker.activities(null, from), false);
    }
  }

  /// An execution that is not booked yet needs its order, which may have been submitted before the
  /// look back, and which an execution that puts an earlier one right has changed.
  private void addOrdersOf(
      UserId user, List<BrokerFill> fills, BrokerAccount broker, Map<String, OrderReport> reports) {
    var wanted = new HashSet<String>();
    if (!fills.isEmpty()) {
      ledger.book(
          user,
          Cause.RECONCILIATION,
          clock.instant(),
          books ->
              fills.stream()
                  .filter(fill -> Comparison.isUnknown(books, fill))
                  .forEach(fill -> wanted.add(fill.brokerOrderId())));
    }
    addOrders(wanted, broker, reports);
  }

  private static void addOrders(
      Set<String> brokerIds, BrokerAccount broker, Map<String, OrderReport> reports) {
    for (var brokerId : brokerIds) {
      if (!reports.containsKey(brokerId)) {
        broker.order(brokerId).ifPresent(report -> reports.put(brokerId, report));
      }
    }
  }

  private boolean differs(UserId user, BrokerView view) {
    return isSo(user, books -> Comparison.differs(books, view));
  }

  private boolean isMoved(UserId user, BrokerView view) {
    return isSo(user, books -> Comparison.isMoved(books, view));
  }

  private boolean isSo(UserId user, Predicate<Books> claim) {
    var holds = new AtomicBoolean();
    ledger.book(user, Cause.RECONCILIATION, clock.instant(), books -> holds.set(claim.test(books)));
    return holds.get();
  }

  private Outcome book(UserId user, Known known, Reads reads, Streamed stream) {
    var found = new ArrayList<Finding>();
    var left = new AtomicReference<>(Unmoved.NOTHING);
    var now = clock.instant();
    var first = reads.first();
    var second = reads.second();
    ledger.book(
        user,
        Cause.RECONCILIATION,
        second.money().askedAt(),
        stream.whileKept(books -> {
          var explanations =
              new Explanations(
                  reads.unmoved(),
                  second.activities(),
                  Known.amended(books),
                  reads.since(),
                  known.isOvernight(now));
          var findings = new Findings(books, known.isFirst());
          left.set(
              new Comparison(books, orders, first, second, explanations, findings)
                  .book(reads.unmoved().cash()));
          Known.rememberCompared(books, second, now);
          found.addAll(findings.all());
        }));
    return new Outcome(known.isFirst(), found, left.get(), second);
  }

  private void touchCompared(UserId user, BrokerView view, Streamed stream) {
    var now = clock.instant();
    ledger.book(
        user,
        Cause.RECONCILIATION,
        now,
        stream.whileKept(books -> Known.rememberCompared(books, view, now)));
  }

  /// What was paid in or out on the present market day: the day's profit is without it.
  private BigDecimal flows(Known known, History history) {
    var today = Explanations.day(clock.instant());
    var isKnown = history.goesOn() && today.equals(known.flowsOn());
    var before = isKnown ? known.flows() : BigDecimal.ZERO;
    return history.activities().stream()
        .filter(activity -> activity.kind() == BrokerActivity.Kind.TRANSFER)
        .filter(activity -> today.equals(activity.date()))
        .map(BrokerActivity::amount)
        .reduce(before, BigDecimal::add);
  }
}
