package io.portfoliostream.server.sync;

import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.broker.BadCredentials;
import io.portfoliostream.server.broker.BrokerConnector;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.LinkRequest;
import io.portfoliostream.server.broker.LinkedAccounts;
import io.portfoliostream.server.broker.LinkedAccounts.Linked;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Links users to broker accounts, and ends that. An account is tested before it is stored, and
/// kept true from then on.
public final class AccountLinking {
  private final LinkedAccounts accounts;
  private final BrokerConnector connector;
  private final AccountSyncs syncs;
  private final Ledger ledger;

  /// Creates the service.
  public AccountLinking(
      LinkedAccounts accounts, BrokerConnector connector, AccountSyncs syncs, Ledger ledger) {
    this.accounts = accounts;
    this.connector = connector;
    this.syncs = syncs;
    this.ledger = ledger;
  }

  /// What became of a request to link.
  public sealed interface Result {
    /// Tested, stored, and kept true from now on.
    record Done() implements Result {}

    /// The fields at fault.
    record Invalid(List<FieldError> errors) implements Result {}

    /// The broker does not accept the credentials.
    record Refused() implements Result {}

    /// The broker cannot be asked just now.
    record Unavailable(String reason) implements Result {}
  }

  /// Where accounts can be linked.
  public Set<String> environments() {
    return connector.environments();
  }

  /// A user's account, without its secrets.
  ///
  /// @param kind `api_key` or `oauth`
  /// @param keyId the public half of the keys, absent for a token
  public record Shown(
      String environment,
      String kind,
      @Nullable String keyId,
      @Nullable String accountNumber,
      boolean viewOnly,
      Instant since) {}

  /// A user's account.
  public Optional<Shown> linked(UserId user) {
    return accounts.find(user).map(AccountLinking::shown);
  }

  private static Shown shown(Linked linked) {
    var account = linked.account();
    var keyId = account.keyId().orElse(null);
    return new Shown(
        account.environment(),
        keyId == null ? "oauth" : "api_key",
        keyId,
        account.accountNumber(),
        account.viewOnly(),
        linked.since());
  }

  /// Links an account in place of an earlier one. The portfolio of another account is forgotten;
  /// one that the broker takes no orders for is for viewing alone.
  public Result link(UserId user, Rest.LinkAccount request) {
    return switch (LinkRequest.check(user, request, environments())) {
      case LinkRequest.Checked.Invalid(var errors) -> new Result.Invalid(errors);
      case LinkRequest.Checked.Valid(var account) -> link(account);
    };
  }

  private Result link(LinkedAccount wanted) {
    try {
      var holder = connector.identify(wanted);
      var account =
          new LinkedAccount(
              wanted.user(),
              wanted.environment(),
              wanted.credentials(),
              holder.number(),
              wanted.viewOnly() || !holder.canTrade());
      adopt(account, holder.number());
      return new Result.Done();
    } catch (BadCredentials _) {
      return new Result.Refused();
    } catch (BrokerUnavailable e) {
      return new Result.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private void adopt(LinkedAccount account, String number) {
    var user = account.user();
    var before = syncs.letGo(user);
    try {
      if (ledger.accountNumber(user).equals(Optional.of(number))) {
        accounts.link(account);
      } else {
        ledger.reset(user, number, handle -> accounts.link(handle, account));
      }
    } catch (RuntimeException e) {
      before.ifPresent(syncs::keep);
      throw e;
    }
    syncs.keep(account);
  }

  /// Ends the link and forgets the credentials; the portfolio stays as it was last known, and
  /// stale.
  ///
  /// @return whether there was one
  public boolean unlink(UserId user) {
    var was = accounts.unlink(user);
    var _ = syncs.letGo(user);
    return was;
  }
}
