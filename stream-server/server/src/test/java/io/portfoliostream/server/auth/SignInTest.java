package io.portfoliostream.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.auth.SignIn.Attempt;
import io.portfoliostream.server.auth.SignIn.Result;
import io.portfoliostream.server.auth.SignIn.Result.SignedIn;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.testkit.FragileDataSource;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final TestDatabase database = TestDatabase.fresh();
  private final FragileDataSource source = new FragileDataSource(database.dataSource());
  private final Jdbi jdbi = Jdbi.create(source);
  private final Passwords passwords = Costs.cheapPasswords();
  private final Users users = new Users(jdbi, passwords, clock, new Random(1));
  private final Sessions sessions =
      new Sessions(
          jdbi, clock, new Random(2), new Sessions.Rules(Duration.ofHours(1), Duration.ofHours(8)));
  private final SignIn signIn = new SignIn(new PasswordCheck(users, passwords, clock), sessions);

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void theRightPasswordOpensASession() {
    var ada = users.create("Ada", "secret", Set.of("trader")).orElseThrow();

    var result = attempt("ADA", "secret");

    assertThat(result).isInstanceOf(SignedIn.class);
    if (result instanceof SignedIn(var session)) {
      assertThat(session.identity().user()).isEqualTo(ada.id());
      assertThat(session.identity().username()).isEqualTo("ada");
      assertThat(sessions.find(session.cookie())).contains(session.identity());
    }
  }

  @Test
  void eachSignInOpensASessionOfItsOwn() {
    users.ensure("ada", "secret", Set.of());

    assertThat(attempt("ada", "secret")).isNotEqualTo(attempt("ada", "secret"));
  }

  @Test
  void unknownUserWrongPasswordAndDisabledUserGetTheSameAnswer() {
    users.ensure("ada", "secret", Set.of());
    users.ensure("eve", "secret", Set.of());
    jdbi.useHandle(
        handle -> handle.execute("update app_user set disabled = true where username = 'eve'"));

    assertThat(attempt("ada", "wrong")).isEqualTo(new Result.Wrong());
    assertThat(attempt("nobody", "secret")).isEqualTo(new Result.Wrong());
    assertThat(attempt("eve", "secret")).isEqualTo(new Result.Wrong());
    assertThat(attempt("ada'; drop table app_user; --", "secret")).isEqualTo(new Result.Wrong());
    assertThat(attempt("ada", "x".repeat(100_000))).isEqualTo(new Result.Wrong());
  }

  @Test
  void anUnknownUserCostsAHashToo() {
    var dear = new Passwords(new Argon2id.Cost(4096, 4), new Random(3), 1, Duration.ofSeconds(5));
    var stored = dear.hash("secret");
    var known = fastest(() -> dear.compare("wrong", stored));
    var unknown = fastest(() -> dear.compare("wrong", null));

    assertThat(unknown).isGreaterThan(known / 4);
  }

  private static long fastest(Supplier<Passwords.Verdict> comparison) {
    var fastest = Long.MAX_VALUE;
    for (var round = 0; round < 7; round++) {
      var start = System.nanoTime();
      assertThat(comparison.get()).isEqualTo(Passwords.Verdict.WRONG);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest;
  }

  @Test
  void failuresDelayTheNextAttemptAndASuccessForgetsThem() {
    users.ensure("ada", "secret", Set.of());
    for (var failure = 0; failure < 3; failure++) {
      assertThat(attempt("ada", "wrong")).isEqualTo(new Result.Wrong());
    }

    assertThat(attempt("ada", "secret")).isEqualTo(new Result.Later(Duration.ofSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    assertThat(attempt("ada", "secret")).isInstanceOf(SignedIn.class);
    assertThat(attempt("ada", "wrong")).isEqualTo(new Result.Wrong());
    assertThat(attempt("ada", "secret")).isInstanceOf(SignedIn.class);
  }

  @Test
  void withTheDatabaseAwayNothingIsJudged() {
    users.ensure("ada", "secret", Set.of());
    source.goAway();

    for (var attempt = 0; attempt < 10; attempt++) {
      assertThatThrownBy(() -> attempt("ada", "secret")).isInstanceOf(LedgerUnavailable.class);
    }
  }

  @Test
  void whenNoTurnIsFreeNothingIsJudged() {
    users.ensure("ada", "secret", Set.of());
    var crowded = new Passwords(new Argon2id.Cost(8, 1), new Random(3), 0, Duration.ZERO);
    var crowdedSignIn = new SignIn(new PasswordCheck(users, crowded, clock), sessions);

    for (var attempt = 0; attempt < 10; attempt++) {
      assertThat(crowdedSignIn.attempt(new Attempt("ada", "secret", "10.0.0.1", null)))
          .isEqualTo(new Result.Later(Duration.ofSeconds(2)));
    }
  }

  @Test
  void noPasswordIsRightForNobody() {
    assertThat(passwords.compare("", null)).isEqualTo(Passwords.Verdict.WRONG);
  }

  @Test
  void ensuringAUserTwiceKeepsTheFirst() {
    var first = users.ensure("ada", "secret", Set.of("trader"));

    var second = users.ensure("Ada", "another", Set.of("admin"));

    assertThat(second).isEqualTo(first);
    assertThat(attempt("ada", "secret")).isInstanceOf(SignedIn.class);
    assertThat(attempt("ada", "another")).isEqualTo(new Result.Wrong());
    assertThat(users.create("ADA", "x", Set.of())).isEmpty();
    assertThat(users.find("aDa")).contains(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "-x", "ü", "a/b", "a\nb"})
  void whatCannotBeANameIsRefused(String username) {
    assertThatThrownBy(() -> users.create(username, "secret", Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(users.find(username)).isEmpty();
  }

  @Test
  void passwordsAreNeverPrinted() {
    assertThat(new Attempt("ada", "hunter2", "10.0.0.1", null).toString())
        .doesNotContain("hunter2");
  }

  private Result attempt(String username, String password) {
    return signIn.attempt(new Attempt(username, password, "10.0.0.1", "test"));
  }
}
