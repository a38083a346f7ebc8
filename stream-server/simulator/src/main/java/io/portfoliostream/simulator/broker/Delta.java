package io.portfoliostream.simulator.broker;

import io.portfoliostream.simulator.market.MarketState;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change of the exchange as it is saved; applying all of them to a saved state gives the
/// latest one.
///
/// @param serial numbers changes without a gap
/// @param market the price process, or null when it need not be saved yet
public record Delta(
    long serial,
    Sources sources,
    LocalDate closedOn,
    @Nullable MarketState market,
    List<AccountDelta> accounts) {

  public Delta {
    accounts = List.copyOf(accounts);
  }

  /// Whether somebody may hear of this change, so that it must be on disk first.
  public boolean mustLast() {
    return !accounts.isEmpty();
  }
}
