package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.Listing;
import io.portfoliostream.simulator.market.Listings;
import io.portfoliostream.simulator.market.MarketHours;
import io.portfoliostream.simulator.market.MarketPhase;
import io.portfoliostream.simulator.market.PhaseSpan;
import io.portfoliostream.simulator.market.TradingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;

/// When orders may trade: the sessions of New York, their auctions and the ends of orders.
///
/// It remembers the phase it saw last. Not thread-safe: it belongs to the exchange.
final class OrderHours {
  private static final Duration GOOD_TILL_CANCELED = Duration.ofDays(90);
  private static final Duration LAST_FOR_OPEN = Duration.ofMinutes(2);
  private static final Duration LAST_FOR_CLOSE = Duration.ofMinutes(10);
  private static final LocalTime FIRST_FOR_NEXT_DAY = LocalTime.of(19, 0);

  private final MarketHours hours;
  private final Listings listings;
  private PhaseSpan current = TradingCalendar.span(Instant.EPOCH);

  OrderHours(MarketHours hours, Listings listings) {
    this.hours = hours;
    this.listings = listings;
  }

  /// The phase at an instant.
  MarketPhase phase(Instant now) {
    return span(now).phase();
  }

  /// Whether stocks trade at all.
  boolean stocksTrade(Instant now) {
    return hours == MarketHours.ALWAYS || phase(now) != MarketPhase.CLOSED;
  }

  /// Whether the market is open as the clock of the broker tells it.
  boolean isOpen(Instant now) {
    return hours == MarketHours.ALWAYS || phase(now) == MarketPhase.CORE;
  }

  /// Whether an order may trade outside auctions.
  boolean isOpen(Ticket ticket, Instant now) {
    return alwaysTrades(ticket) || admits(ticket, phase(now));
  }

  /// When an order may trade next; now when it may already.
  Instant nextOpen(Ticket ticket, Instant now) {
    if (alwaysTrades(ticket)) {
      return now;
    }
    var span = span(now);
    while (!admits(ticket, span.phase())) {
      span = TradingCalendar.span(span.until());
    }
    return span.from().isAfter(now) ? span.from() : now;
  }

  /// When the market day of an order that trades now is over; now when it does not trade.
  Instant sessionEnd(Ticket ticket, Instant now) {
    if (alwaysTrades(ticket)) {
      return Instant.MAX;
    }
    var end = now;
    for (var span = span(now);
        admits(ticket, span.phase());
        span = TradingCalendar.span(span.until())) {
      end = span.until();
      if (span.phase() == MarketPhase.POST) {
        break;
      }
    }
    return end;
  }

  /// When an order that comes now is over by itself.
  Instant expiry(Ticket ticket, Instant now) {
    return switch (ticket.timeInForce()) {
      case GTC -> now.plus(GOOD_TILL_CANCELED);
      case OPG -> TradingCalendar.nextOpen(now);
      case DAY ->
          ticket.extendedHours() && hours == MarketHours.NEW_YORK
              ? TradingCalendar.nextPostClose(now)
              : TradingCalendar.nextClose(now);
      case IOC, FOK, CLS -> TradingCalendar.nextClose(now);
    };
  }

  /// Why an auction does not take an order any more.
  static Optional<Refusal> tooLate(Ticket ticket, Instant now) {
    var session = TradingCalendar.session(TradingCalendar.dateOf(now)).orElse(null);
    if (session == null || !ticket.timeInForce().isAuction()) {
      return Optional.empty();
    }
    boolean opening = ticket.timeInForce() == TimeInForce.OPG;
    var last =
        opening ? session.opensAt().minus(LAST_FOR_OPEN) : session.closesAt().minus(LAST_FOR_CLOSE);
    var again =
        session.date().atTime(FIRST_FOR_NEXT_DAY).atZone(TradingCalendar.NEW_YORK).toInstant();
    return now.isBefore(last) || !now.isBefore(again)
        ? Optional.empty()
        : Optional.of(
            Refusal.unprocessable(
                opening
                    ? "opg orders are not accepted from 9:28am to 7:00pm ET"
                    : "cls orders are not accepted from 10 minutes before the close to 7:00pm ET"));
  }

  private boolean alwaysTrades(Ticket ticket) {
    return hours == MarketHours.ALWAYS || isCrypto(ticket);
  }

  private boolean admits(Ticket ticket, MarketPhase phase) {
    return switch (phase) {
      case CORE -> true;
      case PRE, POST -> ticket.extendedHours();
      case OVERNIGHT -> ticket.extendedHours() && tradesOvernight(ticket);
      case CLOSED -> false;
    };
  }

  private boolean isCrypto(Ticket ticket) {
    return listings.find(ticket.symbol()).map(Listing::isCrypto).orElse(false);
  }

  private boolean tradesOvernight(Ticket ticket) {
    return listings.find(ticket.symbol()).map(found -> found.traits().overnight()).orElse(false);
  }

  private PhaseSpan span(Instant now) {
    if (now.isBefore(current.from()) || !now.isBefore(current.until())) {
      current = TradingCalendar.span(now);
    }
    return current;
  }
}
