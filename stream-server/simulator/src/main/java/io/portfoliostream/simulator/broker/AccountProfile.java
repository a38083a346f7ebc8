package io.portfoliostream.simulator.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Who an account is and how it proves it.
///
/// @param multiplier 1 for a cash account, 2 for margin, 4 for intraday margin
/// @param shortingEnabled whether shares may be sold that are not held
public record AccountProfile(
    UUID id,
    String name,
    String key,
    String secret,
    String number,
    int multiplier,
    boolean shortingEnabled,
    Instant createdAt) {

  public AccountProfile {
    if (multiplier != 1 && multiplier != 2 && multiplier != 4) {
      throw new IllegalArgumentException("multiplier must be 1, 2 or 4: " + multiplier);
    }
  }

  @Override
  public String toString() {
    return "AccountProfile[" + name + "]";
  }

  /// When the opening deposit was made: the day before, since the account's last equity has it.
  public Instant fundedAt() {
    return createdAt.minus(Duration.ofDays(1));
  }
}
