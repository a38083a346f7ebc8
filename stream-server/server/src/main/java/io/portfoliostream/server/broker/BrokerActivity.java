package io.portfoliostream.server.broker;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Something other than a trade that changed an account.
///
/// @param cursor its place in the history
/// @param symbol what it concerns, absent for the account as a whole
/// @param amount money, negative when it left the account; zero when none moved
/// @param date the day it counts for, in the market's time zone
public record BrokerActivity(
    String cursor,
    Kind kind,
    @Nullable String symbol,
    BigDecimal amount,
    @Nullable LocalDate date) {

  /// What happened.
  public enum Kind {
    /// Money was paid in or out, or moved from or to another account.
    TRANSFER,
    /// A fee in money.
    FEE,
    /// A fee in the coin that was bought.
    COIN_FEE,
    /// A dividend.
    DIVIDEND,
    /// Interest.
    INTEREST,
    /// Shares became more or fewer, or other ones.
    CORPORATE_ACTION,
    /// Anything else.
    OTHER
  }
}
