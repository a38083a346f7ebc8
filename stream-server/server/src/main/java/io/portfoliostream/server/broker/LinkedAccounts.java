package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaCredentials;
import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.alpaca.AlpacaCredentials.OAuthToken;
import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Reachable;
import io.portfoliostream.server.portfolio.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Which user has which broker account; credentials are sealed at rest. Every method throws
/// [io.portfoliostream.server.ledger.LedgerUnavailable] while the database cannot be reached.
public final class LinkedAccounts {
  private static final String API_KEY = "api_key";
  private static final String OAUTH = "oauth";
  private static final char SEPARATOR = '\n';
  private static final String IN_PLACE =
      """
      on conflict (user_id) do update set environment = excluded.environment,
        kind = excluded.kind, secret = excluded.secret, key_id = excluded.key_id,
        account_number = excluded.account_number, view_only = excluded.view_only,
        linked_at = now()
      """;

  private final Jdbi jdbi;
  private final CredentialVault vault;

  /// Creates the store.
  public LinkedAccounts(DataSource dataSource, CredentialVault vault) {
    this.jdbi = Jdbi.create(dataSource);
    this.vault = vault;
  }

  /// A user's account.
  ///
  /// @param environment `simulator`, `paper` or `live`
  /// @param accountNumber the broker's, absent until it was asked
  /// @param viewOnly whether no order may be sent to it
  public record LinkedAccount(
      UserId user,
      String environment,
      AlpacaCredentials credentials,
      @Nullable String accountNumber,
      boolean viewOnly) {

    /// An account that was never asked for its number, to trade with.
    public static LinkedAccount of(UserId user, String environment, AlpacaCredentials credentials) {
      return new LinkedAccount(user, environment, credentials, null, false);
    }

    /// The public half of its keys, empty for a token.
    public Optional<String> keyId() {
      return credentials instanceof ApiKey(var id, _) ? Optional.of(id) : Optional.empty();
    }
  }

  /// A linked account and since when it is linked.
  public record Linked(LinkedAccount account, Instant since) {}

  /// Links an account, in place of an earlier one.
  public void link(LinkedAccount account) {
    save(account, IN_PLACE);
  }

  /// The same in the caller's transaction.
  public void link(Handle handle, LinkedAccount account) {
    save(handle, account, IN_PLACE);
  }

  /// Links an account unless the user has one.
  public void linkFirst(LinkedAccount account) {
    save(account, "on conflict (user_id) do nothing");
  }

  private void save(LinkedAccount account, String onConflict) {
    Reachable.call(
        "link the account of " + account.user(),
        () -> jdbi.withHandle(handle -> save(handle, account, onConflict)));
  }

  private int save(Handle handle, LinkedAccount account, String onConflict) {
    var credentials = account.credentials();
    var user = account.user();
    var sealed = vault.seal(user.value(), text(credentials));
    return handle
        .createUpdate(
            """
            insert into broker_account (user_id, environment, kind, secret, key_id,
              account_number, view_only)
            values (:user, :environment, :kind, :secret, :key, :number, :viewOnly)
            """
                + onConflict)
        .bind("user", user.value())
        .bind("environment", account.environment())
        .bind("kind", credentials instanceof ApiKey ? API_KEY : OAUTH)
        .bind("secret", sealed)
        .bind("key", vault.keyId())
        .bind("number", account.accountNumber())
        .bind("viewOnly", account.viewOnly())
        .execute();
  }

  /// Forgets a user's account and its credentials.
  ///
  /// @return whether there was one
  public boolean unlink(UserId user) {
    return Reachable.call(
        "unlink the account of " + user,
        () ->
            jdbi.withHandle(handle ->
                handle
                        .createUpdate("delete from broker_account where user_id = :user")
                        .bind("user", user.value())
                        .execute()
                    > 0));
  }

  /// A user's account.
  public Optional<Linked> find(UserId user) {
    return Reachable.call(
        "read the account of " + user,
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery("select * from broker_account where user_id = :user")
                    .bind("user", user.value())
                    .map((row, _) -> new Linked(opened(row), Columns.instant(row, "linked_at")))
                    .findOne()));
  }

  /// All linked accounts of some environments.
  public List<LinkedAccount> all(Collection<String> environments) {
    return Reachable.call(
        "read linked accounts",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery(
                        "select * from broker_account where environment = any(:environments)"
                            + " order by user_id")
                    .bindArray("environments", String.class, List.copyOf(environments))
                    .map((row, _) -> opened(row))
                    .list()));
  }

  /// Seals everything with the vault's present key that was sealed with an older one.
  ///
  /// @return how much
  public int reseal() {
    return Reachable.call(
        "seal credentials anew",
        () ->
            jdbi.inTransaction(handle -> {
              var old =
                  handle
                      .createQuery("select * from broker_account where key_id <> :key for update")
                      .bind("key", vault.keyId())
                      .map((row, _) -> opened(row))
                      .list();
              for (var account : old) {
                var owner = account.user().value();
                handle
                    .createUpdate(
                        "update broker_account set secret = :secret, key_id = :key"
                            + " where user_id = :user")
                    .bind("secret", vault.seal(owner, text(account.credentials())))
                    .bind("key", vault.keyId())
                    .bind("user", owner)
                    .execute();
              }
              return old.size();
            }));
  }

  private LinkedAccount opened(ResultSet row) throws SQLException {
    var user = Columns.text(row, "user_id");
    var text = vault.open(user, Columns.text(row, "key_id"), Columns.bytes(row, "secret"));
    return new LinkedAccount(
        new UserId(user),
        Columns.text(row, "environment"),
        credentials(Columns.text(row, "kind"), text),
        row.getString("account_number"),
        row.getBoolean("view_only"));
  }

  private static AlpacaCredentials credentials(String kind, String text) {
    if (kind.equals(OAUTH)) {
      return new OAuthToken(text);
    }
    var split = text.indexOf(SEPARATOR);
    return new ApiKey(text.substring(0, split), text.substring(split + 1));
  }

  private static String text(AlpacaCredentials credentials) {
    return switch (credentials) {
      case ApiKey(var keyId, var secret) -> keyId + SEPARATOR + secret;
      case OAuthToken(var token) -> token;
    };
  }
}
