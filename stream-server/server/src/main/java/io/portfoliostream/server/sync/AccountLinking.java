package io.portfoliostream.server.sync;

import io.portfoliostream.alpaca.AlpacaCredentials;
import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.alpaca.AlpacaCredentials.OAuthToken;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.broker.BadCredentials;
import io.portfoliostream.server.broker.BrokerConnector;
import io.portfoliostream.server.broker.BrokerUnavailable;
import io.portfoliostream.server.broker.LinkedAccounts;
import io.portfoliostream.server.broker.LinkedAccounts.Linked;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.portfolio.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Links users to broker accounts, and ends that. An account is tested before it is stored, and
/// kept true from then on.
public final class AccountLinking {
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]{1,512}");

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
    var keyId = account.credentials() instanceof ApiKey(var id, _) ? id : null;
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
    var errors = new ArrayList<FieldError>();
    var environment = request.environment();
    if (environment == null || !environments().contains(environment)) {
      var known = String.join(" or ", new TreeSet<>(environments()));
      errors.add(new FieldError("environment", "must be " + known));
    }
    var credentials = credentials(request, errors);
    if (environment == null || credentials == null || !errors.isEmpty()) {
      return new Result.Invalid(List.copyOf(errors));
    }
    var viewOnly = request.viewOnly() != null && request.viewOnly();
    return link(new LinkedAccount(user, environment, credentials, null, viewOnly));
  }

  private static @Nullable AlpacaCredentials credentials(
      Rest.LinkAccount request, List<FieldError> errors) {
    var token = request.oauthToken();
    var keyId = sendable("keyId", request.keyId(), token == null, errors);
    var secret = sendable("secret", request.secret(), token == null, errors);
    if (token == null) {
      return keyId == null || secret == null ? null : new ApiKey(keyId, secret);
    }
    if (keyId != null || secret != null) {
      errors.add(new FieldError("oauthToken", "comes instead of keyId and secret"));
      return null;
    }
    var sendable = sendable("oauthToken", token, true, errors);
    return sendable == null ? null : new OAuthToken(sendable);
  }

  private static @Nullable String sendable(
      String field, @Nullable String value, boolean required, List<FieldError> errors) {
    if (value == null) {
      if (required) {
        errors.add(new FieldError(field, "is required"));
      }
      return null;
    }
    if (!SENDABLE.matcher(value).matches()) {
      errors.add(new FieldError(field, "is 1 to 512 visible characters"));
      return null;
    }
    return value;
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
    syncs.letGo(user);
    if (!ledger.accountNumber(user).equals(Optional.of(number))) {
      ledger.reset(user, number);
    }
    accounts.link(account);
    syncs.keep(account);
  }

  /// Ends the link and forgets the credentials; the portfolio stays as it was last known, and
  /// stale.
  ///
  /// @return whether there was one
  public boolean unlink(UserId user) {
    var was = accounts.unlink(user);
    syncs.letGo(user);
    return was;
  }
}
