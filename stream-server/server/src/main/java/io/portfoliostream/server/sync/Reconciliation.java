package io.portfoliostream.server.sync;

import io.portfoliostream.server.broker.BrokerAccount;
import io.portfoliostream.server.broker.BrokerFill;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.ledger.OrderBooking;
import io.portfoliostream.server.ledger.OrderReport;
import io.portfoliostream.server.portfolio.Cause;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// One comparison of a user's ledger with the broker.
///
/// The broker is read once; where it differs, it is read again at least a second later, and what
/// both reads agree on is booked. Orders that we hold open and the broker does not list are asked
/// for one by one, since its list is by submission and not by change (Alpaca, recovery of missed
/// events).
public final class Reconciliation {
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
  /// @param view what the broker told
  record Outcome(boolean first, Map<Difference, Integer> differences, BrokerView view) {}

  /// Compares and corrects.
  ///
  /// @throws io.portfoliostream.server.broker.BrokerUnavailable when the broker cannot be read
  /// @throws io.portfoliostream.server.ledger.LedgerUnavailable when the ledger cannot be reached
  Outcome run(UserId user, BrokerAccount broker) throws InterruptedException {
    var known = Known.read(ledger, user, clock.instant());
    var view = read(broker, known);
    if (known.isFirst()) {
      return new Outcome(true, book(user, view, view), view);
    }
    if (!differs(user, view)) {
      touchCompared(user);
      return new Outcome(false, Map.of(), view);
    }
    pause.await(BETWEEN_READS);
    var again = read(broker, known);
    return new Outcome(false, book(user, view, again), again);
  }

  private BrokerView read(BrokerAccount broker, Known known) {
    var reports = new HashMap<String, OrderReport>();
    var since = known.since(clock.instant());
    broker.ordersAfter(since).forEach(report -> reports.put(report.brokerId(), report));
    broker.openOrders().forEach(report -> reports.put(report.brokerId(), report));
    for (var order : known.open()) {
      var brokerId = order.brokerId();
      if (brokerId != null && !reports.containsKey(brokerId)) {
        broker.order(brokerId).ifPresent(report -> reports.put(brokerId, report));
      }
    }
    var fills = broker.fills(known.cursor(), known.cursor() == null ? since : null);
    addOrdersOf(fills, broker, known, reports);
    var positions = BrokerView.bySymbol(broker.positions());
    var money = broker.money();
    var ordered = new ArrayList<>(reports.values());
    ordered.sort((a, b) -> a.submittedAt().compareTo(b.submittedAt()));
    return new BrokerView(known.seq(), ordered, fills, positions, money);
  }

  /// An execution needs its order, which may have been submitted before the look back.
  private static void addOrdersOf(
      List<BrokerFill> fills, BrokerAccount broker, Known known, Map<String, OrderReport> reports) {
    var wanted = new HashSet<String>();
    fills.forEach(fill -> wanted.add(fill.brokerOrderId()));
    wanted.removeAll(known.brokerIds());
    wanted.removeAll(reports.keySet());
    for (var brokerId : wanted) {
      broker.order(brokerId).ifPresent(report -> reports.put(brokerId, report));
    }
  }

  private boolean differs(UserId user, BrokerView view) {
    var differs = new AtomicBoolean();
    ledger.book(
        user,
        Cause.RECONCILIATION,
        clock.instant(),
        books -> differs.set(Comparison.differs(books, view)));
    return differs.get();
  }

  private Map<Difference, Integer> book(UserId user, BrokerView first, BrokerView second) {
    var found = new HashMap<Difference, Integer>();
    ledger.book(
        user,
        Cause.RECONCILIATION,
        second.money().askedAt(),
        books -> {
          found.putAll(new Comparison(books, orders, first, second).book());
          Known.rememberCompared(books.handle(), user, clock.instant());
        });
    return found;
  }

  private void touchCompared(UserId user) {
    ledger.book(
        user,
        Cause.RECONCILIATION,
        clock.instant(),
        books -> Known.rememberCompared(books.handle(), user, clock.instant()));
  }
}
