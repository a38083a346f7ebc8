package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.TradingCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/// Books trades: the execution, the position and the money, and then tells of it.
///
/// Not thread-safe: it belongs to the exchange.
final class Clearing {
  private static final int CENTS = 2;

  private final Listings listings;
  private final Identities identities;
  private final Timeline time;
  private final Announcements announcements;

  Clearing(Listings listings, Identities identities, Timeline time, Announcements announcements) {
    this.listings = listings;
    this.identities = identities;
    this.time = time;
    this.announcements = announcements;
  }

  /// Lets a quantity of an order trade.
  Order trade(AccountBook book, Order order, BigDecimal qty, BigDecimal price) {
    boolean completes = order.remainingQty().map(rest -> rest.compareTo(qty) == 0).orElse(true);
    var at = time.stamp();
    var traded = order.next(new OrderEvent.Traded(qty, price, completes), at);
    var ticket = order.ticket();
    boolean crypto = listings.find(ticket.symbol()).map(Listing::isCrypto).orElse(false);
    var fee = crypto && ticket.side() == Side.BUY ? CryptoRules.fee(qty) : BigDecimal.ZERO;
    var position =
        book.position(ticket.symbol()).trade(ticket.side().signed(qty).subtract(fee), price);
    var execution =
        new Execution(
            identities.next(),
            traded.id(),
            ticket.symbol(),
            ticket.side(),
            qty,
            price,
            traded.filledQty(),
            traded.remainingQty().orElse(BigDecimal.ZERO),
            position.qty(),
            traded.status(),
            at,
            settlement(crypto, TradingCalendar.dateOf(at)),
            Execution.Kind.TRADE,
            null);
    book.put(traded);
    book.book(execution, position, paid(ticket.side(), qty, price).negate());
    if (fee.signum() > 0) {
      book.note(fee(execution, fee));
    }
    announcements.traded(book, completes ? "fill" : "partial_fill", traded, execution, null);
    return traded;
  }

  /// The fee of a purchase, in the coin that was bought.
  private Entry fee(Execution execution, BigDecimal qty) {
    return new Entry(
        identities.next(),
        "CFEE",
        execution.at(),
        execution.symbol(),
        qty.negate(),
        execution.price(),
        BigDecimal.ZERO,
        "Coin Pair Transaction Fee (Non USD)");
  }

  /// What a trade costs, negative for a sale.
  static BigDecimal paid(Side side, BigDecimal qty, BigDecimal price) {
    return side.signed(qty).multiply(price).setScale(CENTS, RoundingMode.HALF_UP);
  }

  private static LocalDate settlement(boolean crypto, LocalDate traded) {
    return crypto ? traded : TradingCalendar.nextTradingDay(traded);
  }
}
