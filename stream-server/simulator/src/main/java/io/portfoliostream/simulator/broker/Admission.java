package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.Mark;
import io.portfoliostream.simulator.market.Prices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether an account may place an order: the trading rules that need the account and the market.
final class Admission {
  private static final BigDecimal SHORT_COLLAR = new BigDecimal("1.03");
  private static final BigDecimal LEAST_NOTIONAL = BigDecimal.ONE;
  private static final int MOST_OPEN_ORDERS = 2_000;

  private final Listings listings;
  private final Prices prices;

  Admission(Listings listings, Prices prices) {
    this.listings = listings;
    this.prices = prices;
  }

  /// What the order would do to the position of the account.
  static PositionIntent intent(AccountBook book, Ticket ticket) {
    var position = book.position(ticket.symbol());
    if (ticket.side() == Side.BUY) {
      return position.isShort() ? PositionIntent.BUY_TO_CLOSE : PositionIntent.BUY_TO_OPEN;
    }
    return position.qty().signum() > 0 ? PositionIntent.SELL_TO_CLOSE : PositionIntent.SELL_TO_OPEN;
  }

  /// Why the order is refused; empty when it is admitted.
  Optional<Refusal> refusal(AccountBook book, Ticket ticket) {
    if (book.order(ticket.clientOrderId()).isPresent()) {
      return Optional.of(Refusal.invalid("client_order_id must be unique"));
    }
    if (book.openCount() >= MOST_OPEN_ORDERS) {
      return Optional.of(Refusal.forbidden("too many open orders", Map.of()));
    }
    return unlisted(ticket)
        .or(() -> fractional(ticket))
        .or(() -> offGrid("limit_price", ticket.limitPrice()))
        .or(() -> offGrid("stop_price", ticket.stopPrice()))
        .or(() -> washTrade(book, ticket))
        .or(() ->
            switch (intent(book, ticket)) {
              case BUY_TO_CLOSE, SELL_TO_CLOSE -> closing(book, ticket);
              case SELL_TO_OPEN -> shortSale(book, ticket);
              case BUY_TO_OPEN -> tooExpensive(book, ticket);
            });
  }

  /// What an account's open orders have claimed of its buying power.
  BigDecimal reserved(AccountBook book) {
    var reserved = BigDecimal.ZERO;
    for (var order : book.openOrders()) {
      boolean opens =
          order.intent() == PositionIntent.BUY_TO_OPEN
              || order.intent() == PositionIntent.SELL_TO_OPEN;
      if (opens) {
        var qty = order.remainingQty().orElse(BigDecimal.ZERO);
        reserved = reserved.add(cost(order.ticket(), qty));
      }
    }
    return reserved;
  }

  private Optional<Refusal> unlisted(Ticket ticket) {
    var listing = listings.find(ticket.symbol());
    if (listing.isEmpty()) {
      return Optional.of(Refusal.unprocessable("asset \"" + ticket.symbol() + "\" not found"));
    }
    return listing.get().tradable()
        ? Optional.empty()
        : Optional.of(Refusal.unprocessable("asset \"" + ticket.symbol() + "\" is not tradable"));
  }

  private static Optional<Refusal> fractional(Ticket ticket) {
    if (ticket.notional() != null && ticket.notional().compareTo(LEAST_NOTIONAL) < 0) {
      return Optional.of(Refusal.unprocessable("notional must be >= 1.00"));
    }
    return ticket.isFractional() && ticket.timeInForce() != TimeInForce.DAY
        ? Optional.of(Refusal.unprocessable("fractional orders must be DAY orders"))
        : Optional.empty();
  }

  private static Optional<Refusal> offGrid(String field, @Nullable BigDecimal price) {
    if (price == null) {
      return Optional.empty();
    }
    int grid = price.compareTo(BigDecimal.ONE) >= 0 ? 2 : 4;
    return price.stripTrailingZeros().scale() > grid
        ? Optional.of(
            Refusal.unprocessable(
                "invalid %s %s. sub-penny increment does not fulfill minimum pricing criteria"
                    .formatted(field, price.toPlainString())))
        : Optional.empty();
  }

  private static Optional<Refusal> washTrade(AccountBook book, Ticket ticket) {
    return book.openOrders(ticket.symbol(), ticket.side().opposite()).stream()
        .filter(existing -> couldMeet(ticket, existing.ticket()))
        .findFirst()
        .map(existing ->
            Refusal.forbidden(
                "potential wash trade detected. use complex orders",
                Map.of(
                    "existing_order_id",
                    existing.id().toString(),
                    "reject_reason",
                    "opposite side market/stop order exists")));
  }

  private static boolean couldMeet(Ticket one, Ticket other) {
    if (one.type() != OrderType.LIMIT || other.type() != OrderType.LIMIT) {
      return true;
    }
    var buy = one.side() == Side.BUY ? one : other;
    var sell = one.side() == Side.BUY ? other : one;
    return buy.limitPrice() == null
        || sell.limitPrice() == null
        || buy.limitPrice().compareTo(sell.limitPrice()) >= 0;
  }

  private Optional<Refusal> closing(AccountBook book, Ticket ticket) {
    var available = book.availableQty(ticket.symbol());
    var requested = requestedQty(ticket);
    if (requested.compareTo(available) <= 0) {
      return Optional.empty();
    }
    var existing = book.position(ticket.symbol()).qty().abs();
    return Optional.of(
        Refusal.forbidden(
            "insufficient qty available for order (requested: %s, available: %s)"
                .formatted(plain(requested), plain(available)),
            Map.of(
                "available",
                plain(available),
                "existing_qty",
                plain(existing),
                "held_for_orders",
                plain(existing.subtract(available)),
                "symbol",
                ticket.symbol())));
  }

  private Optional<Refusal> shortSale(AccountBook book, Ticket ticket) {
    if (!book.profile().shortingEnabled()) {
      return Optional.of(Refusal.forbidden("account is not allowed to short", Map.of()));
    }
    return ticket.isFractional()
        ? Optional.of(Refusal.unprocessable("fractional orders cannot be sold short"))
        : tooExpensive(book, ticket);
  }

  private Optional<Refusal> tooExpensive(AccountBook book, Ticket ticket) {
    var power = sheet(book).buyingPower();
    var cost = cost(ticket, requestedQty(ticket));
    return cost.compareTo(power) <= 0
        ? Optional.empty()
        : Optional.of(
            Refusal.forbidden(
                "insufficient buying power",
                Map.of("buying_power", cents(power), "cost_basis", cents(cost))));
  }

  /// The figures of an account at the current prices.
  AccountSheet sheet(AccountBook book) {
    var longValue = BigDecimal.ZERO;
    var shortValue = BigDecimal.ZERO;
    var initial = BigDecimal.ZERO;
    var maintenance = BigDecimal.ZERO;
    for (var position : book.positions()) {
      var price = prices.mark(position.symbol()).last();
      var value = position.marketValue(price);
      longValue = longValue.add(value.max(BigDecimal.ZERO));
      shortValue = shortValue.add(value.min(BigDecimal.ZERO));
      initial = initial.add(Margin.initial(value));
      maintenance = maintenance.add(Margin.maintenance(position.qty(), price));
    }
    var balance = book.balance();
    return new AccountSheet(
        balance.cash(),
        balance.lastEquity(),
        longValue,
        shortValue,
        initial,
        maintenance,
        balance.lastMaintenanceMargin(),
        reserved(book),
        book.profile().multiplier());
  }

  private BigDecimal requestedQty(Ticket ticket) {
    if (ticket.qty() != null) {
      return ticket.qty();
    }
    var price = Matching.farSide(ticket.side(), mark(ticket).quote());
    return ticket.notional() == null
        ? BigDecimal.ZERO
        : Matching.sharesFor(ticket.notional(), price);
  }

  /// What a quantity would cost: the limit, else the far side of the quote; short sales at least 3
  /// % above the ask.
  private BigDecimal cost(Ticket ticket, BigDecimal qty) {
    if (ticket.notional() != null) {
      return ticket.notional();
    }
    var ask = mark(ticket).quote().ask();
    var limit = ticket.limitPrice();
    if (ticket.side() == Side.SELL) {
      var floor = ask.multiply(SHORT_COLLAR);
      return qty.multiply(limit == null ? floor : limit.max(floor));
    }
    var stop = ticket.stopPrice();
    var market = stop == null ? ask : ask.max(stop);
    return qty.multiply(limit == null ? market : limit);
  }

  private Mark mark(Ticket ticket) {
    return prices.mark(ticket.symbol());
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  private static String cents(BigDecimal value) {
    return plain(value.setScale(2, RoundingMode.HALF_UP));
  }
}
