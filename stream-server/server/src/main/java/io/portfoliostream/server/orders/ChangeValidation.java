package io.portfoliostream.server.orders;

import io.portfoliostream.protocol.OrderChange;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.portfolio.Order;
import io.portfoliostream.server.portfolio.Order.Terms;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks what shall be different about an open order, and names each field at fault.
final class ChangeValidation {
  private static final Set<String> TIMES = Set.of("day", "gtc", "ioc", "fok", "opg", "cls");

  private final FieldChecks checks = new FieldChecks();
  private final Order order;
  private final Terms terms;
  private final OrderChange change;
  private final boolean isCoin;

  private ChangeValidation(Order order, OrderChange change) {
    this.order = order;
    this.terms = order.terms();
    this.change = change;
    this.isCoin = OrderValidation.isCoin(terms.symbol());
  }

  /// The terms after a valid change, or what is wrong with it.
  sealed interface Checked {
    /// A valid change.
    record Valid(Terms terms) implements Checked {}

    /// An invalid change.
    record Invalid(List<FieldError> errors) implements Checked {}
  }

  static Checked check(Order order, OrderChange change) {
    return new ChangeValidation(order, change).check();
  }

  private Checked check() {
    quantity();
    if (change.timeInForce() != null) {
      checks.word("timeInForce", change.timeInForce(), TIMES);
    }
    price("limitPrice", terms.limitPrice(), change.limitPrice());
    price("stopPrice", terms.stopPrice(), change.stopPrice());
    price("trailPrice", terms.trailPrice(), change.trailPrice());
    percent();
    var changed = changed();
    if (checks.areFine() && changed.equals(terms)) {
      checks.refuse("qty", "nothing is different");
    }
    return checks.areFine() ? new Checked.Valid(changed) : new Checked.Invalid(checks.errors());
  }

  private void quantity() {
    var quantity = change.qty();
    if (quantity == null) {
      return;
    }
    if (terms.notional() != null) {
      checks.refuse("qty", "does not belong to an order by amount");
      return;
    }
    checks.quantity("qty", quantity);
    if (quantity.compareTo(order.progress().filledQuantity()) <= 0) {
      checks.refuse("qty", "must be more than what is filled already");
    }
  }

  private void price(String field, @Nullable BigDecimal now, @Nullable BigDecimal wanted) {
    if (wanted != null && now == null) {
      checks.unused(field, wanted, "this order");
    } else if (wanted != null) {
      checks.givenPrice(field, wanted, isCoin);
    }
  }

  private void percent() {
    var wanted = change.trailPercent();
    if (wanted != null && terms.trailPercent() == null) {
      checks.unused("trailPercent", wanted, "this order");
    } else if (wanted != null) {
      checks.percent("trailPercent", wanted);
    }
  }

  private Terms changed() {
    return new Terms(
        terms.symbol(),
        terms.side(),
        terms.type(),
        change.timeInForce() == null ? terms.timeInForce() : change.timeInForce(),
        other(change.qty(), terms.quantity()),
        terms.notional(),
        other(change.limitPrice(), terms.limitPrice()),
        other(change.stopPrice(), terms.stopPrice()),
        other(change.trailPrice(), terms.trailPrice()),
        other(change.trailPercent(), terms.trailPercent()),
        terms.extendedHours(),
        terms.orderClass(),
        null,
        terms.strategyId());
  }

  private static @Nullable BigDecimal other(@Nullable BigDecimal wanted, @Nullable BigDecimal now) {
    return wanted == null || (now != null && wanted.compareTo(now) == 0) ? now : wanted;
  }
}
