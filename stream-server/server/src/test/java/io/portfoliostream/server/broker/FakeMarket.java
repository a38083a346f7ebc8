package io.portfoliostream.server.broker;

import io.portfoliostream.server.market.Asset;
import io.portfoliostream.server.market.Calendars;
import io.portfoliostream.server.market.ClockReading;
import io.portfoliostream.server.market.TradingDay;
import io.portfoliostream.server.marks.Quote;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// A broker's market that says what the test says, and remembers what it was asked.
public final class FakeMarket implements MarketReads {
  /// Everything that was asked, in order: a word, or symbols.
  public final List<String> asked = new ArrayList<>();

  /// Whether it answers.
  public boolean away;

  private final Map<String, SymbolSnapshot> snapshots = new TreeMap<>();
  private final List<TradingDay> days = new ArrayList<>(Calendars.days());
  private final Supplier<ClockReading> clock;

  /// A market that opens and closes by the calendar, with a clock that is right.
  public FakeMarket(InstantSource time) {
    var calendar = Calendars.calendar();
    clock =
        () -> {
          var now = time.instant();
          var hours = calendar.at(now).orElseThrow();
          return new ClockReading(now, hours.isOpen(), hours.nextOpen(), hours.nextClose());
        };
  }

  /// Makes a trade, with a bid and an offer a cent beside it.
  public void trades(String symbol, String price, Instant at) {
    var last = new BigDecimal(price);
    var cent = new BigDecimal("0.01");
    var size = new BigDecimal("100");
    snapshots.put(
        symbol,
        new SymbolSnapshot(
            symbol,
            new Quote.Last(last, at),
            new Quote.Offers(last.subtract(cent), size, last.add(cent), size, at)));
  }

  /// Changes the calendar.
  public List<TradingDay> days() {
    return days;
  }

  @Override
  public ClockReading clock() {
    answer("clock");
    return clock.get();
  }

  @Override
  public List<TradingDay> calendar(LocalDate from, LocalDate to) {
    answer("calendar");
    return List.copyOf(days);
  }

  @Override
  public List<Asset> assets() {
    answer("assets");
    return List.of(new Asset("AAPL", "Apple Inc.", "us_equity", "NASDAQ", true, true, true));
  }

  @Override
  public Map<String, SymbolSnapshot> snapshots(Collection<String> symbols) {
    answer(String.join(",", new TreeSet<>(symbols)));
    var found = new TreeMap<>(snapshots);
    found.keySet().retainAll(symbols);
    return Map.copyOf(found);
  }

  private void answer(String question) {
    asked.add(question);
    if (away) {
      throw new BrokerUnavailable("away", new IllegalStateException());
    }
  }
}
