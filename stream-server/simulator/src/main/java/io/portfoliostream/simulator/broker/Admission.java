package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Listings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether an account may place an order: the trading rules that need the account.
final class Admission {
  private static final int MOST_OPEN_ORDERS = 2_000;

  private final Listings listings;
  private final TicketRules rules;
  private final Figures figures;

  Admission(Listings listings, TicketRules rules, Figures figures) {
    this.listings = listings;
    this.rules = rules;
    this.figures = figures;
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
  Optional<Refusal> refusal(AccountBook book, Ticket ticket, Instant now) {
    if (book.order(ticket.clientOrderId()).isPresent()) {
      return Optional.of(Refusal.invalid("client_order_id must be unique"));
    }
    if (book.settings().suspended()) {
      return Optional.of(Refusal.forbidden("trading is suspended by the user", Map.of()));
    }
    if (ticket.isFractional() && !book.settings().fractional() && !isCrypto(ticket)) {
      return Optional.of(Refusal.forbidden("account is not allowed to trade fractions", Map.of()));
    }
    if (book.openCount() >= MOST_OPEN_ORDERS) {
      return Optional.of(Refusal.forbidden("too many open orders", Map.of()));
    }
    var intent = intent(book, ticket);
    return rules
        .refusal(ticket, now)
        .or(() -> wrongWay(ticket, intent))
        .or(() -> covered(book, ticket, intent, null));
  }

  /// Why an order may not come in the place of another; empty when it may.
  ///
  /// @param ticket what the new order is to be, for the whole quantity
  Optional<Refusal> replacement(AccountBook book, Order old, Ticket ticket, Instant now) {
    if (book.order(ticket.clientOrderId()).isPresent()) {
      return Optional.of(Refusal.invalid("client_order_id must be unique"));
    }
    return rules.refusal(ticket, now).or(() -> covered(book, ticket, old.intent(), old));
  }

  private boolean isCrypto(Ticket ticket) {
    return listings.find(ticket.symbol()).map(Listing::isCrypto).orElse(false);
  }

  private static Optional<Refusal> wrongWay(Ticket ticket, PositionIntent intent) {
    if (ticket.orderClass() == OrderClass.SIMPLE) {
      return Optional.empty();
    }
    boolean opens = intent == PositionIntent.BUY_TO_OPEN || intent == PositionIntent.SELL_TO_OPEN;
    return opens == ticket.orderClass().hasEntry()
        ? Optional.empty()
        : Optional.of(
            Refusal.unprocessable(
                "%s orders must be %s orders"
                    .formatted(ticket.orderClass().wire(), opens ? "exit" : "entry")));
  }

  private Optional<Refusal> covered(
      AccountBook book, Ticket ticket, PositionIntent intent, @Nullable Order old) {
    return washTrade(book, ticket, old)
        .or(() ->
            switch (intent) {
              case BUY_TO_CLOSE, SELL_TO_CLOSE -> closing(book, ticket, old);
              case SELL_TO_OPEN -> shortSale(book, ticket, old);
              case BUY_TO_OPEN -> tooExpensive(book, ticket, old);
            });
  }

  private static Optional<Refusal> washTrade(AccountBook book, Ticket ticket, @Nullable Order old) {
    if (isExempt(ticket)) {
      return Optional.empty();
    }
    return book.openOrders(ticket.symbol(), ticket.side().opposite()).stream()
        .filter(existing -> old == null || !existing.id().equals(old.id()))
        .filter(existing -> !isExempt(existing.ticket()))
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

  /// Orders that hang together and trailing stops may stand opposite to others.
  private static boolean isExempt(Ticket ticket) {
    return ticket.orderClass() != OrderClass.SIMPLE || ticket.type() == OrderType.TRAILING_STOP;
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

  private Optional<Refusal> closing(AccountBook book, Ticket ticket, @Nullable Order old) {
    var own = old == null ? BigDecimal.ZERO : old.remainingQty().orElse(BigDecimal.ZERO);
    var available = book.availableQty(ticket.symbol()).add(own);
    var requested = rest(ticket, old);
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
                plain(existing.subtract(available).max(BigDecimal.ZERO)),
                "symbol",
                ticket.symbol())));
  }

  private Optional<Refusal> shortSale(AccountBook book, Ticket ticket, @Nullable Order old) {
    var listing = listings.find(ticket.symbol()).orElseThrow();
    if (listing.isCrypto()) {
      return closing(book, ticket, old);
    }
    if (!figures.mayShort(book)) {
      return Optional.of(Refusal.forbidden("account is not allowed to short", Map.of()));
    }
    if (ticket.isFractional()) {
      return Optional.of(Refusal.unprocessable("fractional orders cannot be sold short"));
    }
    return listing.traits().easyToBorrow()
        ? tooExpensive(book, ticket, old)
        : Optional.of(
            Refusal.unprocessable("asset \"" + ticket.symbol() + "\" cannot be sold short"));
  }

  /// An order that replaces another needs only what it costs more.
  private Optional<Refusal> tooExpensive(AccountBook book, Ticket ticket, @Nullable Order old) {
    var sheet = figures.sheet(book);
    boolean borrowed = figures.isMarginable(ticket.symbol());
    var power = borrowed ? sheet.buyingPower() : sheet.cashBuyingPower();
    var cost = figures.cost(ticket, rest(ticket, old));
    var claimed =
        old == null
            ? BigDecimal.ZERO
            : figures.cost(old.ticket(), old.remainingQty().orElse(BigDecimal.ZERO));
    return cost.subtract(claimed).compareTo(power) <= 0
        ? Optional.empty()
        : Optional.of(
            Refusal.forbidden(
                "insufficient buying power",
                Map.of("buying_power", cents(power), "cost_basis", cents(cost))));
  }

  private BigDecimal rest(Ticket ticket, @Nullable Order old) {
    var traded = old == null ? BigDecimal.ZERO : old.filledQty();
    return figures.requestedQty(ticket).subtract(traded);
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  private static String cents(BigDecimal value) {
    return plain(value.setScale(2, RoundingMode.HALF_UP));
  }
}
