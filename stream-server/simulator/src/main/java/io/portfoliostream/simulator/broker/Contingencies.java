package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the orders of a bracket, an OCO or an OTO act on each other.
///
/// Legs wait until their entry is filled; of two exits, what one trades the other need not, and the
/// end of one is the end of the other. Not thread-safe: it belongs to the exchange.
final class Contingencies {
  private final OrderFlow flow;
  private final Identities identities;
  private final Timeline time;
  private final Announcements announcements;

  Contingencies(OrderFlow flow, Identities identities, Timeline time, Announcements announcements) {
    this.flow = flow;
    this.identities = identities;
    this.time = time;
    this.announcements = announcements;
  }

  /// Makes the legs of an order that was just accepted.
  void attach(AccountBook book, Order parent) {
    for (var ticket : legs(parent.ticket())) {
      var intent =
          parent.ticket().orderClass().hasEntry() ? closing(parent.intent()) : parent.intent();
      var leg =
          Order.begin(
                  identities.next(),
                  ticket,
                  intent,
                  OrderStatus.HELD,
                  time.stamp(),
                  parent.expiresAt())
              .with(Links.legOf(parent.id()));
      book.put(leg);
      announcements.tell(book, leg);
    }
  }

  /// The market took an order: the other exit of an OCO goes with it.
  void routed(AccountBook book, Order order) {
    if (order.ticket().orderClass() == OrderClass.OCO && order.links().parent() == null) {
      activateLegs(book, order);
    }
  }

  /// A part of an order traded; the rest may follow.
  void tradedPartly(AccountBook book, Order order, BigDecimal qty) {
    for (var other : others(book, order)) {
      var rest = Optional.ofNullable(other.ticket().qty()).map(whole -> whole.subtract(qty));
      if (rest.isPresent() && rest.get().compareTo(other.filledQty()) > 0) {
        var resized = other.next(new OrderEvent.Resized(rest.get()), time.stamp());
        book.put(resized);
        announcements.tell(book, "restated", resized, null);
      }
    }
  }

  /// An order is filled.
  void filled(AccountBook book, Order order) {
    if (isEntry(order)) {
      activateLegs(book, order);
    } else {
      others(book, order).forEach(other -> flow.finish(book, other, new OrderEvent.Canceled()));
    }
  }

  /// An order is over without being filled or replaced.
  void over(AccountBook book, Order order) {
    var dependent = isEntry(order) ? book.legs(order.id()) : others(book, order);
    var end =
        order.status() == OrderStatus.EXPIRED
            ? new OrderEvent.Expired()
            : new OrderEvent.Canceled();
    for (var other : dependent) {
      // One end may have brought about another.
      book.order(other.id()).filter(Order::isOpen).ifPresent(open -> flow.finish(book, open, end));
    }
  }

  /// A new order came in the place of another: its legs become those of the new one.
  void adopt(AccountBook book, Order old, Order next) {
    var total = next.remainingQty().map(rest -> rest.add(old.filledQty()));
    for (var leg : book.legs(old.id())) {
      var adopted = leg.with(leg.links().under(next.id()));
      boolean follows = isEntry(old) && leg.isOpen() && total.isPresent();
      book.put(
          follows
              ? adopted.next(new OrderEvent.Resized(total.orElseThrow()), time.stamp())
              : adopted);
    }
  }

  private void activateLegs(AccountBook book, Order parent) {
    for (var leg : book.legs(parent.id())) {
      if (leg.status() == OrderStatus.HELD) {
        flow.takeUp(book, leg);
      }
    }
  }

  private static boolean isEntry(Order order) {
    return order.ticket().orderClass().hasEntry() && order.links().parent() == null;
  }

  /// The open exits beside an exit.
  private static List<Order> others(AccountBook book, Order exit) {
    if (exit.ticket().orderClass() == OrderClass.SIMPLE || isEntry(exit)) {
      return List.of();
    }
    var parent = exit.links().parent();
    var others = new ArrayList<Order>();
    if (parent == null) {
      others.addAll(book.legs(exit.id()));
    } else {
      others.addAll(book.legs(parent));
      book.order(parent).filter(found -> !isEntry(found)).ifPresent(others::add);
    }
    others.removeIf(other ->
        !other.isOpen()
            || other.id().equals(exit.id())
            || (other.isReplacing() && exit.id().equals(other.links().replaces())));
    return others;
  }

  private List<Ticket> legs(Ticket ticket) {
    var exits = ticket.exits();
    var legs = new ArrayList<Ticket>();
    if (exits == null) {
      return legs;
    }
    if (exits.takeProfit() != null && ticket.orderClass() != OrderClass.OCO) {
      legs.add(ticket.takeProfit(identities.next().toString(), exits.takeProfit()));
    }
    if (exits.stopLoss() != null) {
      legs.add(
          ticket.stopLoss(identities.next().toString(), exits.stopLoss(), exits.stopLossLimit()));
    }
    return legs;
  }

  private static PositionIntent closing(PositionIntent opening) {
    return switch (opening) {
      case BUY_TO_OPEN, BUY_TO_CLOSE -> PositionIntent.SELL_TO_CLOSE;
      case SELL_TO_OPEN, SELL_TO_CLOSE -> PositionIntent.BUY_TO_CLOSE;
    };
  }
}
