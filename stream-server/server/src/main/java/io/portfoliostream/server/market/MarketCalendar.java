package io.portfoliostream.server.market;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The trading days of some weeks. Immutable.
///
/// Sessions in New York time: before the regular one from 04:00, after it to 20:00 (17:00 when it
/// closes early), overnight from 20:00 of the evening before a trading day. Whatever the broker
/// tells for a day stands in place of these.
public final class MarketCalendar {
  private final NavigableMap<Instant, MarketSession> starts = new TreeMap<>();
  private final NavigableSet<Instant> opens = new TreeSet<>();
  private final NavigableSet<Instant> closes = new TreeSet<>();

  /// A calendar of `days`, in any order; it knows nothing before the first and after the last.
  public MarketCalendar(Collection<TradingDay> days) {
    days.stream().sorted(Comparator.comparing(TradingDay::date)).forEach(this::add);
  }

  private void add(TradingDay day) {
    starts.put(day.overnightOpensAt(), MarketSession.OVERNIGHT);
    starts.put(day.preOpensAt(), MarketSession.PRE);
    starts.put(day.opensAt(), MarketSession.CORE);
    starts.put(day.closesAt(), MarketSession.POST);
    starts.put(day.postClosesAt(), MarketSession.CLOSED);
    opens.add(day.opensAt());
    closes.add(day.closesAt());
  }

  /// The market at `moment`; empty when the calendar does not reach so far.
  public Optional<MarketHours> at(Instant moment) {
    var session = starts.floorEntry(moment);
    var nextOpen = opens.higher(moment);
    var nextClose = closes.higher(moment);
    return session == null || nextOpen == null || nextClose == null
        ? Optional.empty()
        : Optional.of(new MarketHours(session.getValue(), session.getKey(), nextOpen, nextClose));
  }
}
