package io.portfoliostream.server.broker;

import io.portfoliostream.server.market.Asset;
import io.portfoliostream.server.market.ClockReading;
import io.portfoliostream.server.market.TradingDay;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What the broker tells about the market on request. Every method blocks, and throws
/// [BrokerUnavailable].
public interface MarketReads {
  /// The broker's clock.
  ClockReading clock();

  /// The trading days from a date to a date, both included.
  List<TradingDay> calendar(LocalDate from, LocalDate to);

  /// Everything that is listed.
  List<Asset> assets();

  /// The newest trades and quotes by symbol; what the broker does not know is left out.
  Map<String, SymbolSnapshot> snapshots(Collection<String> symbols);
}
