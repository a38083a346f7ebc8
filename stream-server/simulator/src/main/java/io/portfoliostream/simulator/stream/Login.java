package io.portfoliostream.simulator.stream;

import io.portfoliostream.simulator.broker.AccountProfile;
import io.portfoliostream.simulator.desk.KeyRing;
import io.portfoliostream.simulator.faults.Fault;
import io.portfoliostream.simulator.faults.FaultBoard;
import io.portfoliostream.simulator.faults.FaultKind;
import io.portfoliostream.simulator.faults.Line;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a trading session knows of keys, and of the faults that it meets on its way in.
///
/// @param timeout time to say who one is
record Login(KeyRing keys, FaultBoard faults, Line line, Duration timeout) {

  /// The account of a key and its secret; from now on its faults are those of the connection.
  Optional<AccountProfile> account(@Nullable String key, @Nullable String secret) {
    var account = keys.account(key, secret);
    account.ifPresent(profile -> line.identify(profile.name()));
    return account;
  }

  /// The fault by which good keys are called wrong.
  Optional<Fault> disowned() {
    return faults.strike(FaultKind.UNAUTHORIZED, line.where());
  }

  /// Whether a connection that is gone still holds the account's slot.
  boolean findsSlotHeld() {
    return faults.strike(FaultKind.SLOT_HELD, line.where()).isPresent();
  }

  /// Whether `trade_updates` is left out of an acknowledgement.
  boolean losesTradeUpdates() {
    return faults.strike(FaultKind.ACK_WITHOUT_TRADE_UPDATES, line.where()).isPresent();
  }

  /// Counts an attempt.
  void attempted(String account, boolean refused) {
    faults.handshakes().loggedIn(account, refused);
  }
}
