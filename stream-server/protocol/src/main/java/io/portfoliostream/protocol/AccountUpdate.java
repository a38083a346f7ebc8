package io.portfoliostream.protocol;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;

/// The account's figures.
///
/// @param equity cash plus the market value of all positions
/// @param buyingPower the broker's own figure, never derived
/// @param portfolioValue same as `equity` (the broker's older name for it)
/// @param dayPnl equity − last equity − the day's cash flows
/// @param dayPnlPercent of last equity, in percent with 2 decimals
/// @param timestamp the server's time of the newest change
public record AccountUpdate(
    BigDecimal equity,
    BigDecimal buyingPower,
    BigDecimal cash,
    BigDecimal portfolioValue,
    BigDecimal dayPnl,
    BigDecimal dayPnlPercent,
    Instant timestamp)
    implements Payload {
  /// Refuses an account with a field missing.
  public AccountUpdate {
    requireNonNull(equity, "equity");
    requireNonNull(buyingPower, "buyingPower");
    requireNonNull(cash, "cash");
    requireNonNull(portfolioValue, "portfolioValue");
    requireNonNull(dayPnl, "dayPnl");
    requireNonNull(dayPnlPercent, "dayPnlPercent");
    requireNonNull(timestamp, "timestamp");
  }
}
