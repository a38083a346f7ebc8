package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/// What open orders have claimed of shares or of buying power.
///
/// Orders of which only one can come to trade claim together what the largest of them needs: the
/// two exits of a position, and an order with the one that is to replace it.
final class Claims {

  private Claims() {}

  /// The sum of the claims of orders.
  ///
  /// @param cost what a quantity of an order claims
  static BigDecimal of(
      AccountBook book, Collection<Order> orders, BiFunction<Order, BigDecimal, BigDecimal> cost) {
    Map<UUID, BigDecimal> claims = new HashMap<>();
    for (var order : orders) {
      if (order.status() != OrderStatus.HELD) {
        claims.merge(key(book, order), cost.apply(order, qty(book, order)), BigDecimal::max);
      }
    }
    return claims.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// What orders claim under the same key, they claim once.
  static UUID key(AccountBook book, Order order) {
    var replaced = replaced(book, order);
    if (replaced.isPresent()) {
      return key(book, replaced.get());
    }
    var parent = order.links().parent();
    return parent == null ? order.id() : parent;
  }

  /// Shares that may still trade, as far as that is known before the market decides.
  private static BigDecimal qty(AccountBook book, Order order) {
    var traded = replaced(book, order).map(Order::filledQty).orElse(BigDecimal.ZERO);
    return order.remainingQty().orElse(BigDecimal.ZERO).subtract(traded).max(BigDecimal.ZERO);
  }

  private static Optional<Order> replaced(AccountBook book, Order order) {
    return order.isReplacing()
        ? Optional.ofNullable(order.links().replaces()).flatMap(book::order)
        : Optional.empty();
  }
}
