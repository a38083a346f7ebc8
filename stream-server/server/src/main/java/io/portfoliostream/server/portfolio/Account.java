package io.portfoliostream.server.portfolio;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/// The account's sequenced figures, all of them the broker's.
///
/// @param cash settled and unsettled; moves with each execution until the broker is read again
/// @param buyingPower never derived
/// @param lastEquity equity at the last close
/// @param dayFlows money paid in (positive) or out since then
/// @param updatedAt when one of them last changed
public record Account(
    BigDecimal cash,
    BigDecimal buyingPower,
    BigDecimal lastEquity,
    BigDecimal dayFlows,
    Instant updatedAt) {
  /// Decimals that the ledger keeps.
  private static final int MAX_SCALE = 10;

  /// Refuses an account with a part missing.
  public Account {
    requireNonNull(cash, "cash");
    requireNonNull(buyingPower, "buyingPower");
    requireNonNull(lastEquity, "lastEquity");
    requireNonNull(dayFlows, "dayFlows");
    requireNonNull(updatedAt, "updatedAt");
  }

  /// The same account after an execution.
  ///
  /// @param cashEffect what it adds to cash
  /// @param at the server's time of the change
  public Account moved(BigDecimal cashEffect, Instant at) {
    return new Account(rounded(cash.add(cashEffect)), buyingPower, lastEquity, dayFlows, at);
  }

  private static BigDecimal rounded(BigDecimal value) {
    return value.scale() > MAX_SCALE ? value.setScale(MAX_SCALE, RoundingMode.HALF_UP) : value;
  }

  /// Whether the figures are the same, whatever their time and scale.
  public boolean sameFigures(Account other) {
    return cash.compareTo(other.cash) == 0
        && buyingPower.compareTo(other.buyingPower) == 0
        && lastEquity.compareTo(other.lastEquity) == 0
        && dayFlows.compareTo(other.dayFlows) == 0;
  }
}
