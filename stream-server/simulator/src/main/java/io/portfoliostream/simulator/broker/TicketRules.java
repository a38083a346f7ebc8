package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.Prices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The trading rules that need no account: what may be asked of an asset at a time.
final class TicketRules {
  private static final BigDecimal LEAST_NOTIONAL = BigDecimal.ONE;
  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Listings listings;
  private final Prices prices;

  TicketRules(Listings listings, Prices prices) {
    this.listings = listings;
    this.prices = prices;
  }

  /// Why the order is refused; empty when it may be placed.
  Optional<Refusal> refusal(Ticket ticket, Instant now) {
    var listing = listings.find(ticket.symbol());
    if (listing.isEmpty()) {
      return Optional.of(Refusal.unprocessable("asset \"" + ticket.symbol() + "\" not found"));
    }
    if (!listing.get().tradable()) {
      return Optional.of(
          Refusal.unprocessable("asset \"" + ticket.symbol() + "\" is not tradable"));
    }
    return listing.get().isCrypto() ? crypto(ticket) : stock(ticket, listing.get(), now);
  }

  private static Optional<Refusal> crypto(Ticket ticket) {
    boolean type =
        ticket.type() == OrderType.MARKET
            || ticket.type() == OrderType.LIMIT
            || ticket.type() == OrderType.STOP_LIMIT;
    if (!type) {
      return unprocessable("invalid order type for crypto order");
    }
    if (ticket.timeInForce() != TimeInForce.GTC && ticket.timeInForce() != TimeInForce.IOC) {
      return unprocessable("invalid crypto time_in_force");
    }
    if (ticket.orderClass() != OrderClass.SIMPLE) {
      return unprocessable("crypto orders must be simple orders");
    }
    if (ticket.extendedHours()) {
      return unprocessable("crypto orders have no extended hours");
    }
    if (ticket.qty() != null && ticket.qty().compareTo(CryptoRules.LEAST_QTY) < 0) {
      return unprocessable(
          "qty must be >= " + CryptoRules.LEAST_QTY.toPlainString() + " for " + ticket.symbol());
    }
    return notional(ticket)
        .or(() -> offGrid("limit_price", ticket.limitPrice(), 2))
        .or(() -> offGrid("stop_price", ticket.stopPrice(), 2));
  }

  private Optional<Refusal> stock(Ticket ticket, Listing listing, Instant now) {
    return notional(ticket)
        .or(() -> fractional(ticket, listing))
        .or(() -> grid(ticket))
        .or(() -> auction(ticket))
        .or(() -> OrderHours.tooLate(ticket, now))
        .or(() -> trailing(ticket))
        .or(() -> complex(ticket));
  }

  private static Optional<Refusal> notional(Ticket ticket) {
    return ticket.notional() != null && ticket.notional().compareTo(LEAST_NOTIONAL) < 0
        ? unprocessable("notional must be >= 1.00")
        : Optional.empty();
  }

  private static Optional<Refusal> fractional(Ticket ticket, Listing listing) {
    if (!ticket.isFractional()) {
      return Optional.empty();
    }
    if (!listing.traits().fractionable()) {
      return Optional.of(
          Refusal.forbidden("asset \"" + listing.symbol() + "\" is not fractionable", Map.of()));
    }
    if (ticket.timeInForce() != TimeInForce.DAY) {
      return unprocessable("fractional orders must be DAY orders");
    }
    return ticket.orderClass() != OrderClass.SIMPLE || ticket.type() == OrderType.TRAILING_STOP
        ? unprocessable("fractional orders must be simple orders")
        : Optional.empty();
  }

  private static Optional<Refusal> grid(Ticket ticket) {
    var exits = ticket.exits();
    var own =
        stockGrid("limit_price", ticket.limitPrice())
            .or(() -> stockGrid("stop_price", ticket.stopPrice()));
    return exits == null
        ? own
        : own.or(() -> stockGrid("take_profit.limit_price", exits.takeProfit()))
            .or(() -> stockGrid("stop_loss.stop_price", exits.stopLoss()))
            .or(() -> stockGrid("stop_loss.limit_price", exits.stopLossLimit()));
  }

  private static Optional<Refusal> stockGrid(String field, @Nullable BigDecimal price) {
    return price == null
        ? Optional.empty()
        : offGrid(field, price, price.compareTo(BigDecimal.ONE) >= 0 ? 2 : 4);
  }

  private static Optional<Refusal> offGrid(String field, @Nullable BigDecimal price, int scale) {
    return price != null && price.stripTrailingZeros().scale() > scale
        ? unprocessable(
            "invalid %s %s. sub-penny increment does not fulfill minimum pricing criteria"
                .formatted(field, price.toPlainString()))
        : Optional.empty();
  }

  private static Optional<Refusal> auction(Ticket ticket) {
    boolean fits = ticket.type() == OrderType.MARKET || ticket.type() == OrderType.LIMIT;
    return ticket.timeInForce().isAuction() && !fits
        ? unprocessable(ticket.timeInForce().wire() + " orders must be market or limit orders")
        : Optional.empty();
  }

  private Optional<Refusal> trailing(Ticket ticket) {
    var trail = ticket.trail();
    if (trail == null) {
      return Optional.empty();
    }
    if (ticket.timeInForce() != TimeInForce.DAY && ticket.timeInForce() != TimeInForce.GTC) {
      return unprocessable("trailing stop orders must be DAY or GTC orders");
    }
    if (trail.percent() != null && trail.percent().compareTo(HUNDRED) >= 0) {
      return unprocessable("trail_percent must be < 100");
    }
    var last = prices.mark(ticket.symbol()).last();
    return trail.price() != null && trail.price().compareTo(last) >= 0
        ? unprocessable("trail_price must be < " + last.toPlainString())
        : stockGrid("trail_price", trail.price());
  }

  /// A bracket, an OCO or an OTO: the exits lie on their sides of the price.
  private Optional<Refusal> complex(Ticket ticket) {
    var exits = ticket.exits();
    if (exits == null) {
      return Optional.empty();
    }
    if (ticket.timeInForce() != TimeInForce.DAY && ticket.timeInForce() != TimeInForce.GTC) {
      return unprocessable(ticket.orderClass().wire() + " orders must be DAY or GTC orders");
    }
    if (ticket.extendedHours()) {
      return unprocessable(ticket.orderClass().wire() + " orders have no extended hours");
    }
    boolean entry = ticket.orderClass().hasEntry();
    boolean upwards = (ticket.side() == Side.BUY) == entry;
    var limit = ticket.limitPrice();
    var base = entry && limit != null ? limit : prices.mark(ticket.symbol()).last();
    return beside("take_profit.limit_price", exits.takeProfit(), base, upwards)
        .or(() -> beside("stop_loss.stop_price", exits.stopLoss(), base, !upwards));
  }

  private static Optional<Refusal> beside(
      String field, @Nullable BigDecimal price, BigDecimal base, boolean above) {
    if (price == null) {
      return Optional.empty();
    }
    var bound = above ? base.add(CENT) : base.subtract(CENT);
    boolean fits = above ? price.compareTo(bound) >= 0 : price.compareTo(bound) <= 0;
    return fits
        ? Optional.empty()
        : unprocessable(
            "%s must be %s %s".formatted(field, above ? ">=" : "<=", bound.toPlainString()));
  }

  private static Optional<Refusal> unprocessable(String message) {
    return Optional.of(Refusal.unprocessable(message));
  }
}
