package io.portfoliostream.server.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.protocol.Rest;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import io.portfoliostream.server.ledger.Ledger;
import io.portfoliostream.server.marks.FeedBoard;
import io.portfoliostream.server.orders.Permission;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.sync.AccountLinking.Result;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each user's own broker account: tested, sealed, kept, let go.
class AccountLinkingTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger epochs = new AtomicInteger();
  private final Ledger ledger =
      new Ledger(database.dataSource(), clock, () -> "epoch-" + epochs.incrementAndGet(), _ -> {});
  private final FeedBoard feeds = new FeedBoard(clock.instant());
  private final KeptAccounts kept = new KeptAccounts(database.dataSource(), ledger, clock, feeds);
  private UserId demo = new UserId("unset");

  @BeforeEach
  void aUser() {
    demo = database.user("demo");
    kept.connector.accepts("PK1", "PA1", true);
    kept.connector.accepts("PK2", "PA2", true);
    kept.connector.accepts("PKBLOCKED", "PA3", false);
  }

  @AfterEach
  void closeDatabase() {
    kept.close();
    database.close();
  }

  private static Rest.LinkAccount keys(String keyId, @Nullable Boolean viewOnly) {
    return new Rest.LinkAccount("paper", keyId, "secret", null, viewOnly);
  }

  private Result link(String keyId) {
    return kept.linking.link(demo, keys(keyId, null));
  }

  private static List<String> faults(Result result) {
    return ((Result.Invalid) result).errors().stream().map(FieldError::field).toList();
  }

  @Test
  void aLinkedAccountIsKeptAndMayTrade() {
    assertThat(link("PK1")).isEqualTo(new Result.Done());

    assertThat(kept.connector.open).containsExactly("PK1");
    assertThat(kept.syncs.permission(demo)).isEqualTo(Permission.TRADE);
    assertThat(kept.linking.linked(demo))
        .hasValueSatisfying(shown -> {
          assertThat(shown.keyId()).isEqualTo("PK1");
          assertThat(shown.accountNumber()).isEqualTo("PA1");
          assertThat(shown.toString()).doesNotContain("secret");
        });
  }

  @Test
  void credentialsThatTheBrokerRefusesAreNotStored() {
    assertThat(link("PKWRONG")).isEqualTo(new Result.Refused());

    assertThat(kept.linking.linked(demo)).isEmpty();
    assertThat(kept.connector.open).isEmpty();
  }

  @Test
  void whileTheBrokerIsAwayNothingIsLinked() {
    kept.connector.goAway();

    assertThat(link("PK1")).isInstanceOf(Result.Unavailable.class);
    assertThat(kept.linking.linked(demo)).isEmpty();
  }

  @Test
  void anAccountForViewingTakesNoOrders() {
    var _ = kept.linking.link(demo, keys("PK1", true));
    assertThat(kept.syncs.permission(demo)).isEqualTo(Permission.VIEW_ONLY);

    var _ = kept.linking.link(demo, keys("PKBLOCKED", null));
    assertThat(kept.syncs.permission(demo)).isEqualTo(Permission.VIEW_ONLY);
  }

  /// Another account is another portfolio: nothing of the old one may be seen in it.
  @Test
  void anotherAccountIsAnotherPortfolio() {
    var _ = link("PK1");
    var first = ledger.reads().load(demo).epoch();
    var _ = link("PK1");
    assertThat(ledger.reads().load(demo).epoch()).as("the same account").isEqualTo(first);

    var _ = link("PK2");

    assertThat(ledger.reads().load(demo).epoch()).isNotEqualTo(first);
    assertThat(kept.connector.open).containsExactly("PK2");
  }

  /// One that was entered by configuration was never asked for its number.
  @Test
  void anAccountThatWasComparedIsKnownWhenItIsLinkedAgain() {
    kept.syncs.keep(LinkedAccount.of(demo, "paper", new ApiKey("PK1", "secret")));
    var _ = kept.syncs.compareNow(demo).orElseThrow().join();
    var first = ledger.reads().load(demo).epoch();

    var _ = link("PK1");

    assertThat(ledger.reads().load(demo).epoch()).isEqualTo(first);
  }

  /// A portfolio that is forgotten while the link to its new account is not stored would be taken
  /// for that account's later on.
  @Test
  void aLinkThatCannotBeStoredChangesNothing() throws SQLException {
    var _ = link("PK1");
    var epoch = ledger.reads().load(demo).epoch();
    execute("alter table broker_account add check (account_number <> 'PA2')");

    assertThatThrownBy(() -> link("PK2")).hasMessageContaining("check");

    assertThat(ledger.reads().load(demo).epoch()).isEqualTo(epoch);
    assertThat(ledger.accountNumber(demo)).contains("PA1");
    assertThat(kept.connector.open).containsExactly("PK1");
    assertThat(kept.syncs.permission(demo)).isEqualTo(Permission.TRADE);
  }

  /// After a start the accounts are taken up one after the other; orders are taken from the first
  /// request on.
  @Test
  void aLinkedAccountMayTradeBeforeItsTurnHasCome() {
    var waiting = LinkedAccount.of(demo, "paper", new ApiKey("PK1", "secret"));
    var others =
        Stream.generate(() -> database.user("user-" + epochs.incrementAndGet()))
            .map(user -> LinkedAccount.of(user, "paper", new ApiKey("PK2", "secret")))
            .limit(100);

    kept.syncs.start(Stream.concat(others, Stream.of(waiting)).toList());

    assertThat(kept.syncs.permission(demo)).isEqualTo(Permission.TRADE);
    assertThat(kept.syncs.compareNow(demo)).isPresent();
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void anUnlinkedAccountIsForgottenAndItsPortfolioIsStale() {
    var _ = link("PK1");

    assertThat(kept.linking.unlink(demo)).isTrue();

    assertThat(kept.linking.unlink(demo)).isFalse();
    assertThat(kept.connector.open).isEmpty();
    assertThat(kept.syncs.permission(demo)).isEqualTo(Permission.NOT_LINKED);
    assertThat(feeds.trading(demo).live()).isFalse();
    assertThat(database.count("select count(*) from broker_account")).isZero();
  }

  @Test
  void eachFieldAtFaultIsNamed() {
    assertThat(faults(kept.linking.link(demo, new Rest.LinkAccount(null, null, null, null, null))))
        .containsExactly("environment", "keyId", "secret");
    assertThat(
            faults(kept.linking.link(demo, new Rest.LinkAccount("live", "a b", "s", null, null))))
        .containsExactly("environment", "keyId");
    assertThat(faults(kept.linking.link(demo, new Rest.LinkAccount("paper", "k", "s", "t", null))))
        .containsExactly("oauthToken");
  }
}
