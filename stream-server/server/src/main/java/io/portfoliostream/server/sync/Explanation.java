package io.portfoliostream.server.sync;

import java.util.Locale;

/// Why ledger and broker differed.
public enum Explanation {
  /// The stream should have told it and did not.
  MISSED(true),
  /// It happened while no stream was connected.
  OUTAGE(true),
  /// Nothing that the broker tells explains it.
  UNEXPLAINED(true),
  /// It follows from executions that were booked with it.
  TRADED(false),
  /// It follows from a bust or a correction of an earlier execution.
  AMENDED(false),
  /// Money was paid in or out.
  TRANSFER(false),
  /// A fee, in money or in coin.
  FEE(false),
  /// A dividend.
  DIVIDEND(false),
  /// Interest.
  INTEREST(false),
  /// A split or another corporate action.
  CORPORATE_ACTION(false),
  /// The broker computes averages anew overnight (compressed FIFO).
  OVERNIGHT(false);

  private final boolean isDrift;

  Explanation(boolean isDrift) {
    this.isDrift = isDrift;
  }

  /// Whether it is a fault; the world moves in ways that no stream tells.
  public boolean isDrift() {
    return isDrift;
  }

  /// The word on the wire and in metrics.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
