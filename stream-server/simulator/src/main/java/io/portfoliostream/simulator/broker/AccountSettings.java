package io.portfoliostream.simulator.broker;

import org.jspecify.annotations.Nullable;

/// What the owner of an account has chosen.
///
/// @param multiplier 1, 2 or 4, or null for that of the account's profile
/// @param noShorting whether the account sells only what it holds
/// @param suspended whether the account takes no orders
/// @param fractional whether parts of shares may be traded
/// @param confirmations which trades are confirmed by mail: `all` or `none`
public record AccountSettings(
    @Nullable Integer multiplier,
    boolean noShorting,
    boolean suspended,
    boolean fractional,
    String confirmations) {
  /// What a new account has.
  public static final AccountSettings DEFAULT =
      new AccountSettings(null, false, false, true, "all");

  public AccountSettings {
    if (multiplier != null && multiplier != 1 && multiplier != 2 && multiplier != 4) {
      throw new IllegalArgumentException("multiplier must be 1, 2 or 4: " + multiplier);
    }
  }
}
