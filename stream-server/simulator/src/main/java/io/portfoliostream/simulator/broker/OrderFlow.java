package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.broker.Agenda.Due;
import io.portfoliostream.simulator.broker.Agenda.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The life of orders from acceptance to their end.
///
/// Not thread-safe: it belongs to the exchange.
final class OrderFlow {
  private static final String TOO_LATE_TO_CANCEL = "TOO_LATE_TO_CANCEL";
  private static final String TOO_LATE_TO_REPLACE = "TOO_LATE_TO_REPLACE";

  private final Floor floor;
  private final Agenda agenda;
  private final Duration routeDelay;
  private final Identities identities;
  private final Timeline time;
  private final OrderHours hours;
  private final Announcements announcements;
  private final Contingencies contingencies;
  private final Schedule schedule = new Schedule();
  private final Set<UUID> doomed = new HashSet<>();

  OrderFlow(
      Floor floor,
      Agenda agenda,
      Duration routeDelay,
      Identities identities,
      Timeline time,
      OrderHours hours,
      Announcements announcements) {
    this.floor = floor;
    this.agenda = agenda;
    this.routeDelay = routeDelay;
    this.identities = identities;
    this.time = time;
    this.hours = hours;
    this.announcements = announcements;
    this.contingencies = new Contingencies(this, identities, time, announcements);
  }

  /// Takes an order: on its way to the market, or waiting for the market to open.
  Order accept(AccountBook book, Ticket ticket, PositionIntent intent) {
    var tif = ticket.timeInForce();
    boolean now = tif != TimeInForce.OPG && (tif.isImmediate() || hours.isOpen(ticket, time.now()));
    var order =
        Order.begin(
            identities.next(),
            ticket,
            intent,
            now ? OrderStatus.PENDING_NEW : OrderStatus.ACCEPTED,
            time.stamp(),
            hours.expiry(ticket, time.now()));
    book.put(order);
    plan(book, order);
    announcements.tell(book, order);
    if (now) {
      agenda.add(time.now().plus(routeDelay), Step.ROUTE, book, order.id());
    }
    contingencies.attach(book, order);
    return order;
  }

  /// Has the market reject an order when it gets there.
  void doom(UUID orderId) {
    doomed.add(orderId);
  }

  /// Takes up an order that was open when its state was saved.
  void resume(AccountBook book, Order order) {
    plan(book, order);
    if (order.times().cancelRequestedAt() != null) {
      agenda.add(time.now(), Step.CANCEL, book, order.id());
    } else if (order.isReplacing()) {
      agenda.add(time.now(), Step.REPLACE, book, order.id());
    } else if (order.status() == OrderStatus.PENDING_NEW) {
      agenda.add(time.now(), Step.ROUTE, book, order.id());
    } else if (order.status().isWorking()) {
      floor.work(book, order);
    }
  }

  /// Asks to cancel; whether a fill is faster shows later.
  void requestCancel(AccountBook book, Order order) {
    if (order.status() != OrderStatus.PENDING_CANCEL) {
      book.put(order.next(new OrderEvent.CancelRequested(), time.stamp()));
      agenda.add(time.now().plus(routeDelay), Step.CANCEL, book, order.id());
    }
  }

  /// Asks to put another order in the place of one; whether a fill is faster shows later.
  ///
  /// @param ticket what the new order is to be, for the whole quantity
  Order requestReplace(AccountBook book, Order old, Ticket ticket) {
    var pending = old.next(new OrderEvent.ReplaceRequested(), time.stamp());
    book.put(pending);
    announcements.tell(book, pending);
    var next =
        Order.begin(
                identities.next(),
                ticket,
                old.intent(),
                OrderStatus.PENDING_NEW,
                time.stamp(),
                hours.expiry(ticket, time.now()))
            .with(Links.inPlaceOf(old));
    book.put(next);
    agenda.add(time.now().plus(routeDelay), Step.REPLACE, book, next.id());
    return next;
  }

  /// Stops, suspends or calculates an order, until it is taken up again.
  void interrupt(AccountBook book, Order order, OrderStatus status) {
    var interrupted = order.next(new OrderEvent.Interrupted(status), time.stamp());
    floor.leave(order);
    book.put(interrupted);
    announcements.tell(book, interrupted);
  }

  /// Ends an order.
  void finish(AccountBook book, Order order, OrderEvent end) {
    finish(book, order, end, null);
  }

  void finish(AccountBook book, Order order, OrderEvent end, @Nullable String reason) {
    var finished = order.next(end, time.stamp());
    book.put(finished);
    forget(finished);
    announcements.tell(book, finished.status().wire(), finished, reason);
    contingencies.over(book, finished);
  }

  /// Brings an order to the market, or back to it.
  void takeUp(AccountBook book, Order order) {
    var routed = order.next(new OrderEvent.Routed(), time.stamp());
    book.put(routed);
    announcements.routed(book, routed);
    plan(book, routed);
    floor.work(book, routed);
    contingencies.routed(book, routed);
  }

  void run(Due due) {
    var order = due.book().order(due.orderId()).orElse(null);
    if (order == null) {
      return;
    }
    switch (due.step()) {
      case ROUTE -> {
        if (doomed.remove(order.id()) && order.isOpen()) {
          finish(due.book(), order, new OrderEvent.Rejected());
        } else if (order.status() == OrderStatus.PENDING_NEW) {
          takeUp(due.book(), order);
        }
      }
      case EXECUTE -> {
        if (order.isOpen()) {
          follow(due.book(), order, floor.execute(due.book(), order));
        }
      }
      case CANCEL -> cancelNow(due.book(), order);
      case REPLACE -> replaceNow(due.book(), order);
    }
  }

  /// When the calendar says something next.
  Optional<Instant> nextTurn() {
    return schedule.next();
  }

  /// Does what the calendar says to the next order.
  void turn() {
    schedule
        .poll()
        .ifPresent(turn ->
            turn.book()
                .order(turn.orderId())
                .filter(Order::isOpen)
                .ifPresent(order -> turn(turn.book(), order)));
  }

  /// Looks at the orders that wait for a price of this symbol.
  void priceMoved(String symbol) {
    floor.priceMoved(symbol);
  }

  private void turn(AccountBook book, Order order) {
    boolean over = !time.now().isBefore(order.expiresAt());
    if (over && order.ticket().timeInForce().isAuction()) {
      cross(book, order);
    } else if (over) {
      finish(book, order, new OrderEvent.Expired());
    } else if (isWaiting(order)) {
      takeUp(book, order);
    } else if (order.status() == OrderStatus.NEW
        || order.status() == OrderStatus.PARTIALLY_FILLED) {
      var done = order.next(new OrderEvent.DoneForDay(), time.stamp());
      floor.leave(order);
      book.put(done);
      announcements.tell(book, done);
      plan(book, done);
    } else {
      schedule.put(order.expiresAt(), book, order.id());
    }
  }

  /// The auction of an order: it trades now or never.
  private void cross(AccountBook book, Order order) {
    var current = order;
    if (isWaiting(order)) {
      current = order.next(new OrderEvent.Routed(), time.stamp());
      book.put(current);
      announcements.routed(book, current);
    }
    if (!current.status().isWorking()) {
      finish(book, current, new OrderEvent.Canceled());
      return;
    }
    var outcome = floor.cross(book, current);
    follow(book, current, outcome);
    // What an auction leaves over is canceled.
    book.order(order.id())
        .filter(Order::isOpen)
        .ifPresent(rest -> finish(book, rest, new OrderEvent.Canceled()));
  }

  private void follow(AccountBook book, Order order, Floor.Outcome outcome) {
    switch (outcome) {
      case Floor.Outcome.Waits _ -> {}
      case Floor.Outcome.Hopeless _ -> finish(book, order, new OrderEvent.Canceled());
      case Floor.Outcome.Traded(var traded, var qty) -> {
        if (traded.isOpen()) {
          contingencies.tradedPartly(book, traded, qty);
          floor.scheduleExecution(book, traded);
        } else {
          forget(traded);
          contingencies.filled(book, traded);
        }
      }
    }
  }

  private void cancelNow(AccountBook book, Order order) {
    if (order.isOpen()) {
      finish(book, order, new OrderEvent.Canceled());
    } else if (order.status() != OrderStatus.CANCELED) {
      announcements.tell(book, "order_cancel_rejected", order, TOO_LATE_TO_CANCEL);
    }
  }

  private void replaceNow(AccountBook book, Order next) {
    var old = Optional.ofNullable(next.links().replaces()).flatMap(book::order).orElse(null);
    if (old == null) {
      return;
    }
    var rest =
        next.remainingQty().map(qty -> qty.subtract(old.filledQty())).orElse(BigDecimal.ZERO);
    boolean possible = next.isReplacing() && old.isOpen() && rest.signum() > 0;
    if (!possible) {
      refuseReplacement(book, old, next);
      return;
    }
    var replaced = old.next(new OrderEvent.Replaced(next.id()), time.stamp());
    book.put(replaced);
    forget(replaced);
    announcements.tell(book, replaced);
    var resized = next.next(new OrderEvent.Resized(rest), time.stamp());
    contingencies.adopt(book, old, resized);
    takeUp(book, resized);
  }

  private void refuseReplacement(AccountBook book, Order old, Order next) {
    var kept = old;
    if (old.status() == OrderStatus.PENDING_REPLACE) {
      kept = old.next(new OrderEvent.RequestRefused(), time.stamp());
      book.put(kept);
    }
    announcements.tell(book, "order_replace_rejected", kept, TOO_LATE_TO_REPLACE);
    if (next.isOpen()) {
      // What hangs together with the old order stays as it is.
      var rejected = next.next(new OrderEvent.Rejected(), time.stamp());
      book.put(rejected);
      forget(rejected);
      announcements.tell(book, rejected);
    }
  }

  private static boolean isWaiting(Order order) {
    return order.status() == OrderStatus.ACCEPTED || order.status() == OrderStatus.DONE_FOR_DAY;
  }

  /// Puts down when the calendar concerns an order next.
  private void plan(AccountBook book, Order order) {
    var ticket = order.ticket();
    var next =
        switch (order.status()) {
          case ACCEPTED, DONE_FOR_DAY ->
              ticket.timeInForce() == TimeInForce.OPG
                  ? order.expiresAt()
                  : hours.nextOpen(ticket, time.now());
          case HELD, FILLED, CANCELED, EXPIRED, REPLACED, REJECTED -> null;
          case PENDING_NEW,
              NEW,
              PARTIALLY_FILLED,
              PENDING_CANCEL,
              PENDING_REPLACE,
              STOPPED,
              SUSPENDED,
              CALCULATED ->
              ticket.timeInForce().isAuction() || ticket.timeInForce().isImmediate()
                  ? order.expiresAt()
                  : hours.sessionEnd(ticket, time.now());
        };
    if (next != null) {
      var turn = next.isBefore(order.expiresAt()) ? next : order.expiresAt();
      schedule.put(turn, book, order.id());
    }
  }

  private void forget(Order order) {
    floor.leave(order);
    schedule.remove(order.id());
  }
}
