package io.portfoliostream.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.alpaca.AlpacaCredentials.OAuthToken;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import io.portfoliostream.server.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialVaultTest {
  private final CredentialVault vault = new CredentialVault(new byte[32], new SecureRandom());

  @Test
  void whatIsSealedOpensForItsOwnerOnly() {
    var sealed = vault.seal("demo", "the secret");

    assertThat(vault.open("demo", sealed)).isEqualTo("the secret");
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("the secret");
    assertThat(vault.seal("demo", "the secret")).isNotEqualTo(sealed);
    assertThatThrownBy(() -> vault.open("demo2", sealed)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherKeyOpensNothing() {
    var key = new byte[32];
    key[0] = 1;
    var other = new CredentialVault(key, new SecureRandom());

    assertThat(other.keyId()).isNotEqualTo(vault.keyId());
    assertThatThrownBy(() -> other.open("demo", vault.seal("demo", "x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void linkedAccountsAreSealedInTheDatabase() {
    try (var database = TestDatabase.fresh()) {
      var accounts = new LinkedAccounts(database.dataSource(), vault);
      var demo = database.user("demo");
      accounts.link(LinkedAccount.of(demo, "paper", new ApiKey("PKTEST", "very-secret")));
      accounts.link(LinkedAccount.of(database.user("demo2"), "simulator", new OAuthToken("token")));

      assertThat(accounts.all(Set.of("paper")))
          .singleElement()
          .satisfies(linked -> {
            assertThat(linked.user()).isEqualTo(demo);
            assertThat(linked.credentials()).isEqualTo(new ApiKey("PKTEST", "very-secret"));
            assertThat(linked.toString()).doesNotContain("very-secret");
          });
      assertThat(
              database.count(
                  "select count(*) from broker_account where position('very-secret'::bytea in"
                      + " secret) > 0"))
          .isZero();
    }
  }

  /// Rotation: what the old key sealed is sealed with the new one, after which the old one may go.
  @Test
  void aNewKeySealsEverythingAnew() {
    try (var database = TestDatabase.fresh()) {
      var demo = database.user("demo");
      var old = new byte[32];
      old[0] = 7;
      var account = LinkedAccount.of(demo, "paper", new ApiKey("PKTEST", "very-secret"));
      new LinkedAccounts(database.dataSource(), new CredentialVault(old, new SecureRandom()))
          .link(account);
      var both = new CredentialVault(new byte[32], List.of(old), new SecureRandom());
      var rotating = new LinkedAccounts(database.dataSource(), both);
      assertThat(rotating.find(demo).orElseThrow().account()).isEqualTo(account);

      assertThat(rotating.reseal()).isEqualTo(1);

      assertThat(rotating.reseal()).isZero();
      var after = new LinkedAccounts(database.dataSource(), vault);
      assertThat(after.find(demo).orElseThrow().account()).isEqualTo(account);
    }
  }
}
