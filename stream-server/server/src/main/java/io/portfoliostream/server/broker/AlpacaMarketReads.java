package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaAsset;
import io.portfoliostream.alpaca.AlpacaCalendarDay;
import io.portfoliostream.alpaca.AlpacaException;
import io.portfoliostream.alpaca.AlpacaMarketRest;
import io.portfoliostream.alpaca.AlpacaSnapshot;
import io.portfoliostream.alpaca.MarketQuote;
import io.portfoliostream.server.market.Asset;
import io.portfoliostream.server.market.ClockReading;
import io.portfoliostream.server.market.TradingDay;
import io.portfoliostream.server.marks.Quote;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The market as Alpaca tells it, or a simulator that speaks its protocol.
public final class AlpacaMarketReads implements MarketReads {
  private final AlpacaMarketRest rest;

  /// Reads by a client that carries the credentials.
  public AlpacaMarketReads(AlpacaMarketRest rest) {
    this.rest = rest;
  }

  @Override
  public ClockReading clock() {
    var clock = read("the clock", rest::clock);
    return new ClockReading(clock.timestamp(), clock.isOpen(), clock.nextOpen(), clock.nextClose());
  }

  @Override
  public List<TradingDay> calendar(LocalDate from, LocalDate to) {
    return read(
        "the calendar",
        () -> rest.calendar(from, to).stream().map(AlpacaMarketReads::day).toList());
  }

  @Override
  public List<Asset> assets() {
    return read("the assets", () -> rest.assets().stream().map(AlpacaMarketReads::asset).toList());
  }

  @Override
  public Map<String, SymbolSnapshot> snapshots(Collection<String> symbols) {
    var told = read("last prices", () -> rest.snapshots(symbols));
    var snapshots = new HashMap<String, SymbolSnapshot>();
    told.forEach((symbol, snapshot) -> snapshots.put(symbol, snapshot(snapshot)));
    return Map.copyOf(snapshots);
  }

  private static TradingDay day(AlpacaCalendarDay day) {
    return new TradingDay(
        day.date(), day.sessionOpen(), day.open(), day.close(), day.sessionClose());
  }

  private static Asset asset(AlpacaAsset asset) {
    return new Asset(
        asset.symbol(),
        asset.name(),
        asset.assetClass(),
        asset.exchange(),
        asset.tradable(),
        asset.fractionable(),
        asset.shortable());
  }

  private static SymbolSnapshot snapshot(AlpacaSnapshot snapshot) {
    var trade = snapshot.latestTrade();
    return new SymbolSnapshot(
        snapshot.symbol(),
        trade == null ? null : new Quote.Last(trade.price(), trade.time()),
        quote(snapshot.latestQuote()));
  }

  private static Quote.@Nullable Offers quote(@Nullable MarketQuote quote) {
    return quote == null
        ? null
        : new Quote.Offers(
            side(quote.bidPrice()),
            quote.bidSize(),
            side(quote.askPrice()),
            quote.askSize(),
            quote.time());
  }

  /// Alpaca tells a side without offers as the price 0.
  private static @Nullable BigDecimal side(BigDecimal price) {
    return price.signum() == 0 ? null : price;
  }

  private static <T> T read(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (AlpacaException | IllegalArgumentException e) {
      throw new BrokerUnavailable("cannot read " + what + ": " + e.getMessage(), e);
    }
  }
}
