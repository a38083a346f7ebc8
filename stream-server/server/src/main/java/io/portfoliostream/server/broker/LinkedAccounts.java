package io.portfoliostream.server.broker;

import io.portfoliostream.alpaca.AlpacaCredentials;
import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.alpaca.AlpacaCredentials.OAuthToken;
import io.portfoliostream.server.database.Columns;
import io.portfoliostream.server.ledger.Reachable;
import io.portfoliostream.server.portfolio.UserId;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// Which user has which broker account; credentials are sealed at rest.
public final class LinkedAccounts {
  private static final String API_KEY = "api_key";
  private static final String OAUTH = "oauth";
  private static final char SEPARATOR = '\n';

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
  public record LinkedAccount(UserId user, String environment, AlpacaCredentials credentials) {}

  /// Links an account, in place of an earlier one.
  public void link(UserId user, String environment, AlpacaCredentials credentials) {
    var sealed = vault.seal(user.value(), text(credentials));
    Reachable.call(
        "link the account of " + user,
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createUpdate(
                        """
                        insert into broker_account (user_id, environment, kind, secret, key_id)
                        values (:user, :environment, :kind, :secret, :key)
                        on conflict (user_id) do update set
                          environment = excluded.environment, kind = excluded.kind,
                          secret = excluded.secret, key_id = excluded.key_id, linked_at = now()
                        """)
                    .bind("user", user.value())
                    .bind("environment", environment)
                    .bind("kind", credentials instanceof ApiKey ? API_KEY : OAUTH)
                    .bind("secret", sealed)
                    .bind("key", vault.keyId())
                    .execute()));
  }

  /// All linked accounts of an environment.
  public List<LinkedAccount> all(String environment) {
    return Reachable.call(
        "read linked accounts",
        () ->
            jdbi.withHandle(handle ->
                handle
                    .createQuery(
                        "select * from broker_account where environment = :environment"
                            + " order by user_id")
                    .bind("environment", environment)
                    .map((row, _) ->
                        opened(
                            new UserId(Columns.text(row, "user_id")),
                            environment,
                            Columns.text(row, "kind"),
                            Columns.bytes(row, "secret")))
                    .list()));
  }

  private LinkedAccount opened(UserId user, String environment, String kind, byte[] sealed) {
    var text = vault.open(user.value(), sealed);
    if (kind.equals(OAUTH)) {
      return new LinkedAccount(user, environment, new OAuthToken(text));
    }
    var split = text.indexOf(SEPARATOR);
    return new LinkedAccount(
        user, environment, new ApiKey(text.substring(0, split), text.substring(split + 1)));
  }

  private static String text(AlpacaCredentials credentials) {
    return switch (credentials) {
      case ApiKey(var keyId, var secret) -> keyId + SEPARATOR + secret;
      case OAuthToken(var token) -> token;
    };
  }
}
