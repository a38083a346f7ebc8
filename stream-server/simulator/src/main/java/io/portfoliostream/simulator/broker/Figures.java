package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.Prices;
import java.math.BigDecimal;

/// What accounts are worth and what orders cost at the current prices.
final class Figures {
  private static final BigDecimal SHORT_COLLAR = new BigDecimal("1.03");

  private final Listings listings;
  private final Prices prices;

  Figures(Listings listings, Prices prices) {
    this.listings = listings;
    this.prices = prices;
  }

  /// The figures of an account.
  AccountSheet sheet(AccountBook book) {
    var longValue = BigDecimal.ZERO;
    var shortValue = BigDecimal.ZERO;
    var initial = BigDecimal.ZERO;
    var maintenance = BigDecimal.ZERO;
    for (var position : book.positions()) {
      var price = prices.mark(position.symbol()).last();
      var value = position.marketValue(price);
      boolean marginable = isMarginable(position.symbol());
      longValue = longValue.add(value.max(BigDecimal.ZERO));
      shortValue = shortValue.add(value.min(BigDecimal.ZERO));
      initial = initial.add(marginable ? Margin.initial(value) : value.abs());
      maintenance =
          maintenance.add(marginable ? Margin.maintenance(position.qty(), price) : value.abs());
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
        book.multiplier());
  }

  /// Whether an account may sell what it does not hold: margin needs 2,000 dollars of own money.
  boolean mayShort(AccountBook book) {
    return book.profile().shortingEnabled()
        && !book.settings().noShorting()
        && sheet(book).mayBorrow();
  }

  /// Whether an asset may be bought with borrowed money.
  boolean isMarginable(String symbol) {
    return !listings.find(symbol).map(Listing::isCrypto).orElse(false);
  }

  /// The quantity that is asked for; by the far side of the quote when it was asked for by amount.
  BigDecimal requestedQty(Ticket ticket) {
    if (ticket.qty() != null) {
      return ticket.qty();
    }
    var price = Matching.farSide(ticket.side(), prices.mark(ticket.symbol()).quote());
    return ticket.notional() == null
        ? BigDecimal.ZERO
        : Matching.sharesFor(ticket.notional(), price);
  }

  /// What a quantity would cost: the limit, else the far side of the quote; short sales at least 3
  /// % above the ask.
  BigDecimal cost(Ticket ticket, BigDecimal qty) {
    if (ticket.notional() != null) {
      return ticket.notional();
    }
    var ask = prices.mark(ticket.symbol()).quote().ask();
    var limit = ticket.limitPrice();
    if (ticket.side() == Side.SELL) {
      var floor = ask.multiply(SHORT_COLLAR);
      return qty.multiply(limit == null ? floor : limit.max(floor));
    }
    var stop = ticket.stopPrice();
    var market = stop == null ? ask : ask.max(stop);
    return qty.multiply(limit == null ? market : limit);
  }

  /// What an account's open orders have claimed of its buying power.
  private BigDecimal reserved(AccountBook book) {
    var opening =
        book.openOrders().stream()
            .filter(order ->
                order.intent() == PositionIntent.BUY_TO_OPEN
                    || order.intent() == PositionIntent.SELL_TO_OPEN)
            .toList();
    return Claims.of(book, opening, (order, qty) -> cost(order.ticket(), qty));
  }
}
