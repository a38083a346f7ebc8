package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether an order can be replaced as somebody asks, before the account is looked at.
final class Replacement {

  private Replacement() {}

  /// Why the change is refused; empty when it makes sense.
  static Optional<Refusal> refusal(AccountBook book, Order old, Change change) {
    return state(book, old).or(() -> fields(old.ticket(), change)).or(() -> sense(old, change));
  }

  private static Optional<Refusal> state(AccountBook book, Order old) {
    if (old.status() == OrderStatus.REPLACED || book.replacementOf(old.id()).isPresent()) {
      return refused("order already replaced");
    }
    boolean replaceable =
        old.status() == OrderStatus.NEW || old.status() == OrderStatus.PARTIALLY_FILLED;
    if (!replaceable) {
      return refused("cannot replace order in " + old.status().wire() + " status");
    }
    return old.ticket().notional() == null
        ? Optional.empty()
        : refused("notional orders cannot be replaced");
  }

  private static Optional<Refusal> fields(Ticket ticket, Change change) {
    if (change.limitPrice() != null && !ticket.type().hasLimit()) {
      return refused(ticket.type().wire() + " orders have no limit price");
    }
    if (change.stopPrice() != null && !ticket.type().hasStop()) {
      return refused(ticket.type().wire() + " orders have no stop price");
    }
    return change.trail() != null && ticket.trail() == null
        ? refused(ticket.type().wire() + " orders have no trail")
        : Optional.empty();
  }

  private static Optional<Refusal> sense(Order old, Change change) {
    var ticket = old.ticket();
    if (change.qty() != null && change.qty().compareTo(old.filledQty()) <= 0) {
      return refused("qty must be > filled_qty");
    }
    var trail = ticket.trail();
    boolean same =
        isSame(change.qty(), ticket.qty())
            && isSame(change.limitPrice(), ticket.limitPrice())
            && isSame(change.stopPrice(), ticket.stopPrice())
            && isSame(
                change.trail(),
                trail == null ? null : Objects.requireNonNullElse(trail.price(), trail.percent()))
            && (change.timeInForce() == null || change.timeInForce() == ticket.timeInForce());
    return same ? refused("order parameters are not changed") : Optional.empty();
  }

  private static boolean isSame(@Nullable BigDecimal wanted, @Nullable BigDecimal present) {
    return wanted == null || (present != null && wanted.compareTo(present) == 0);
  }

  private static Optional<Refusal> refused(String message) {
    return Optional.of(Refusal.unprocessable(message));
  }
}
