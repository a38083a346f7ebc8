package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// An instruction to trade, as it stands after its latest event.
///
/// ```
/// ACCEPTED ─► PENDING_NEW ─► NEW ─► PARTIALLY_FILLED ─► FILLED
///    HELD ───────────────────► │           │
///                              ├───────────┼─► PENDING_CANCEL ─► CANCELED (or a fill was faster)
///                              ├───────────┼─► PENDING_REPLACE ─► REPLACED (or back)
///                              ├───────────┼─► DONE_FOR_DAY ─► NEW
///                              └───────────┴─► EXPIRED
/// ```
///
/// Any open order may be canceled or rejected.
///
/// @param filledValue sum of price times quantity over the fills
/// @param intent what the order does to the position, settled when it was accepted
public record Order(
    UUID id,
    Ticket ticket,
    PositionIntent intent,
    OrderStatus status,
    Times times,
    BigDecimal filledQty,
    BigDecimal filledValue,
    Trigger trigger,
    Instant expiresAt,
    Links links) {

  private static final int AVERAGE_SCALE = 9;

  public Order {
    // An order that an earlier version saved says neither.
    trigger = Objects.requireNonNullElseGet(trigger, () -> Trigger.of(ticket));
    links = Objects.requireNonNullElse(links, Links.NONE);
  }

  /// An order that was taken and has not reached the market.
  static Order begin(
      UUID id,
      Ticket ticket,
      PositionIntent intent,
      OrderStatus status,
      Instant now,
      Instant expiresAt) {
    return new Order(
        id,
        ticket,
        intent,
        status,
        Times.of(now),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        Trigger.of(ticket),
        expiresAt,
        Links.NONE);
  }

  /// The order after an event.
  ///
  /// @throws IllegalStateException when the order is over, as nothing may follow
  Order next(OrderEvent event, Instant now) {
    if (status.isTerminal()) {
      throw new IllegalStateException("order " + id + " is " + status + ", not open to " + event);
    }
    return switch (event) {
      case OrderEvent.Routed _, OrderEvent.RequestRefused _ -> with(working(), times.at(now));
      case OrderEvent.Armed(var armed) -> with(armed, times.at(now));
      case OrderEvent.Traded traded -> traded(traded, now);
      case OrderEvent.DoneForDay _ -> with(OrderStatus.DONE_FOR_DAY, times.at(now));
      case OrderEvent.Interrupted(var interrupted) -> with(interrupted, times.at(now));
      case OrderEvent.CancelRequested _ ->
          with(OrderStatus.PENDING_CANCEL, times.cancelRequested(now));
      case OrderEvent.ReplaceRequested _ -> with(OrderStatus.PENDING_REPLACE, times.at(now));
      case OrderEvent.Replaced(var by) ->
          with(OrderStatus.REPLACED, times.replaced(now)).with(links.replacedBy(by));
      case OrderEvent.Resized(var qty) -> with(ticket.withQty(qty), times.at(now));
      case OrderEvent.Canceled _ -> with(OrderStatus.CANCELED, times.canceled(now));
      case OrderEvent.Expired _ -> with(OrderStatus.EXPIRED, times.expired(now));
      case OrderEvent.Rejected _ -> with(OrderStatus.REJECTED, times.failed(now));
    };
  }

  /// The order when what it traded is told anew, which may also happen after its end.
  ///
  /// @param qty change of the traded quantity
  /// @param value change of price times quantity
  Order amended(BigDecimal qty, BigDecimal value, Instant now) {
    var traded = filledQty.add(qty);
    if (traded.signum() < 0) {
      throw new IllegalStateException("order " + id + " did not trade so much: " + qty);
    }
    // A filled order that lost a fill is over with less than its quantity, like a canceled one.
    boolean lost = status == OrderStatus.FILLED && qty.signum() < 0;
    return new Order(
        id,
        ticket,
        intent,
        lost ? OrderStatus.CANCELED : status,
        lost ? times.canceled(now) : times.at(now),
        traded,
        filledValue.add(value),
        trigger,
        expiresAt,
        links);
  }

  /// This order with other links.
  Order with(Links other) {
    return new Order(
        id, ticket, intent, status, times, filledQty, filledValue, trigger, expiresAt, other);
  }

  /// Shares that may still trade; empty for an order by amount.
  public Optional<BigDecimal> remainingQty() {
    return Optional.ofNullable(ticket.qty()).map(qty -> qty.subtract(filledQty));
  }

  /// The average price of the fills; empty before the first one.
  public Optional<BigDecimal> filledAveragePrice() {
    return filledQty.signum() == 0
        ? Optional.empty()
        : Optional.of(filledValue.divide(filledQty, AVERAGE_SCALE, RoundingMode.HALF_UP));
  }

  /// Whether anything can still happen to the order.
  public boolean isOpen() {
    return !status.isTerminal();
  }

  /// Whether the order is on its way into the place of another one.
  boolean isReplacing() {
    return links.replaces() != null && status == OrderStatus.PENDING_NEW;
  }

  private OrderStatus working() {
    return filledQty.signum() > 0 ? OrderStatus.PARTIALLY_FILLED : OrderStatus.NEW;
  }

  private Order traded(OrderEvent.Traded trade, Instant now) {
    var traded = filledQty.add(trade.qty());
    if (ticket.qty() != null && traded.compareTo(ticket.qty()) > 0) {
      throw new IllegalStateException("order " + id + " would be filled beyond its quantity");
    }
    return new Order(
        id,
        ticket,
        intent,
        trade.completes() ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED,
        trade.completes() ? times.filled(now) : times.at(now),
        traded,
        filledValue.add(trade.qty().multiply(trade.price())),
        trigger,
        expiresAt,
        links);
  }

  private Order with(OrderStatus next, Times when) {
    return new Order(
        id, ticket, intent, next, when, filledQty, filledValue, trigger, expiresAt, links);
  }

  private Order with(Trigger next, Times when) {
    return new Order(
        id, ticket, intent, status, when, filledQty, filledValue, next, expiresAt, links);
  }

  private Order with(Ticket next, Times when) {
    return new Order(
        id, next, intent, status, when, filledQty, filledValue, trigger, expiresAt, links);
  }
}
