package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.MarketState;
import java.time.LocalDate;
import java.util.List;

/// The whole exchange as it is saved.
///
/// @param serial number of the last change that is in it
/// @param closedOn the last trading day that ended
public record ExchangeState(
    long serial,
    Sources sources,
    LocalDate closedOn,
    MarketState market,
    List<AccountState> accounts) {

  public ExchangeState {
    accounts = List.copyOf(accounts);
  }
}
