package io.portfoliostream.simulator.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An instruction to trade, as it stands after its latest event.
///
/// ```
/// PENDING_NEW ─► NEW ─► PARTIALLY_FILLED ─► FILLED
///      └──────────┴──────────┴─► PENDING_CANCEL ─► CANCELED (or a fill that was faster)
///                 └──────────┴─► EXPIRED
/// ```
///
/// @param filledValue sum of price times quantity over the fills
/// @param triggered whether a stop price was reached, so that the order may trade
/// @param intent what the order does to the position, settled when it was accepted
public record Order(
    UUID id,
    Ticket ticket,
    PositionIntent intent,
    OrderStatus status,
    Times times,
    BigDecimal filledQty,
    BigDecimal filledValue,
    boolean triggered,
    Instant expiresAt) {

  private static final int AVERAGE_SCALE = 9;

  /// When each thing happened to an order.
  public record Times(
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant filledAt,
      @Nullable Instant expiredAt,
      @Nullable Instant cancelRequestedAt,
      @Nullable Instant canceledAt) {

    private Times at(Instant now) {
      return new Times(createdAt, now, filledAt, expiredAt, cancelRequestedAt, canceledAt);
    }

    private Times filled(Instant now) {
      return new Times(createdAt, now, now, expiredAt, cancelRequestedAt, canceledAt);
    }

    private Times expired(Instant now) {
      return new Times(createdAt, now, filledAt, now, cancelRequestedAt, canceledAt);
    }

    private Times cancelRequested(Instant now) {
      return new Times(createdAt, now, filledAt, expiredAt, now, canceledAt);
    }

    private Times canceled(Instant now) {
      return new Times(createdAt, now, filledAt, expiredAt, cancelRequestedAt, now);
    }
  }

  /// An order that was accepted and is on its way to the market.
  static Order accepted(
      UUID id, Ticket ticket, PositionIntent intent, Instant now, Instant expiresAt) {
    return new Order(
        id,
        ticket,
        intent,
        OrderStatus.PENDING_NEW,
        new Times(now, now, null, null, null, null),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        !ticket.type().hasStop(),
        expiresAt);
  }

  /// The order after an event.
  ///
  /// @throws IllegalStateException when the order is over, as nothing may follow
  Order next(OrderEvent event, Instant now) {
    if (status.isTerminal()) {
      throw new IllegalStateException("order " + id + " is " + status + ", not open to " + event);
    }
    return switch (event) {
      case OrderEvent.Routed _ -> with(OrderStatus.NEW, times.at(now));
      case OrderEvent.Triggered _ ->
          new Order(
              id, ticket, intent, status, times.at(now), filledQty, filledValue, true, expiresAt);
      case OrderEvent.Traded traded -> traded(traded, now);
      case OrderEvent.CancelRequested _ ->
          with(OrderStatus.PENDING_CANCEL, times.cancelRequested(now));
      case OrderEvent.Canceled _ -> with(OrderStatus.CANCELED, times.canceled(now));
      case OrderEvent.Expired _ -> with(OrderStatus.EXPIRED, times.expired(now));
    };
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
        triggered,
        expiresAt);
  }

  private Order with(OrderStatus next, Times when) {
    return new Order(id, ticket, intent, next, when, filledQty, filledValue, triggered, expiresAt);
  }
}
