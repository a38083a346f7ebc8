package io.portfoliostream.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.auth.PasswordChange.Result;
import io.portfoliostream.server.auth.PasswordChange.Wish;
import io.portfoliostream.server.auth.SignIn.Attempt;
import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.testkit.FragileDataSource;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordChangeTest {
  private static final String OLD = "old and long";
  private static final String NEW = "new and long";

  private final ManualClock clock = ManualClock.atNoon();
  private final TestDatabase database = TestDatabase.fresh();
  private final FragileDataSource source = new FragileDataSource(database.dataSource());
  private final Jdbi jdbi = Jdbi.create(source);
  private final Passwords passwords = Costs.cheapPasswords();
  private final Users users = new Users(jdbi, passwords, clock, new Random(1));
  private final Sessions sessions =
      new Sessions(
          jdbi, clock, new Random(2), new Sessions.Rules(Duration.ofHours(1), Duration.ofHours(8)));
  private final PasswordCheck check = new PasswordCheck(users, passwords, clock);
  private final PasswordChange change = new PasswordChange(jdbi, check, passwords, clock);
  private final User ada = users.ensure("ada", OLD, Set.of("user"));

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void theOtherSessionsThatWentOnAreNamed() {
    var own = sessions.open(ada, null, null).identity();
    var other = sessions.open(ada, null, null).identity().sessionId();
    sessions.revoke(sessions.open(ada, null, null).identity().sessionId());
    sessions.open(users.ensure("bob", OLD, Set.of("user")), null, null);

    var result = attempt(own, OLD, NEW);

    assertThat(result).isInstanceOf(Result.Changed.class);
    if (result instanceof Result.Changed(var ended)) {
      assertThat(ended).containsExactly(other);
    }
    assertThat(sessions.stillValid(Set.of(own.sessionId(), other)))
        .containsExactly(own.sessionId());
  }

  /// A sign-in by the old password that was judged before the change opens nothing after it.
  @Test
  void aSignInThatWasJudgedByTheOldPasswordComesTooLate() {
    var judged = users.stored("ada").orElseThrow();
    attempt(sessions.open(ada, null, null).identity(), OLD, NEW);

    assertThat(sessions.open(judged, null, null)).isEmpty();
    assertThat(sessions.open(users.stored("ada").orElseThrow(), null, null)).isPresent();
  }

  @Test
  void aSignInThatWasJudgedBeforeTheUserWasDisabledComesTooLate() {
    var judged = users.stored("ada").orElseThrow();
    database.execute("update app_user set disabled = true");

    assertThat(sessions.open(judged, null, null)).isEmpty();
  }

  /// Whatever comes first: of the sessions that the old password opened, none is left.
  @Test
  void noSessionOfTheOldPasswordOutlivesAChange() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var round = 0; round < 20; round++) {
        var from = round % 2 == 0 ? OLD : NEW;
        var next = round % 2 == 0 ? NEW : OLD;
        var own = sessions.open(ada, null, null).identity();
        var judged = users.stored("ada").orElseThrow();
        var together = new CyclicBarrier(4);
        var work = new ArrayList<Callable<Object>>();
        work.add(() -> {
          together.await();
          return attempt(own, from, next);
        });
        for (var count = 0; count < 3; count++) {
          work.add(() -> {
            together.await();
            return sessions.open(judged, null, null);
          });
        }
        for (var done : threads.invokeAll(work)) {
          assertThat(done.get()).isNotInstanceOf(Result.Wrong.class);
        }

        assertThat(database.count("select count(*) from session where revoked_at is null"))
            .isEqualTo(1);
        sessions.revoke(own.sessionId());
      }
    }
  }

  @Test
  void ofTwoChangesByTheSamePasswordOneIsTooLate() throws Exception {
    var own = sessions.open(ada, null, null).identity();
    var together = new CyclicBarrier(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var work = new ArrayList<Callable<Result>>();
      for (var next : Set.of("first one of two", "second one of two")) {
        work.add(() -> {
          together.await();
          return attempt(own, OLD, next);
        });
      }
      var results = new ArrayList<Result>();
      for (var done : threads.invokeAll(work)) {
        results.add(done.get());
      }

      assertThat(results).filteredOn(Result.Changed.class::isInstance).hasSize(1);
      assertThat(results).contains(new Result.Wrong());
    }
  }

  @Test
  void aBadNewPasswordIsRefusedBeforeTheCurrentOneIsJudged() {
    var own = sessions.open(ada, null, null).identity();

    for (var attempt = 0; attempt < 10; attempt++) {
      assertThat(attempt(own, "guess", "short")).isInstanceOf(Result.Unfit.class);
    }
    assertThat(new SignIn(check, sessions).attempt(new Attempt("ada", OLD, "10.0.0.1", null)))
        .isInstanceOf(SignIn.Result.SignedIn.class);
  }

  @Test
  void withTheDatabaseAwayNothingIsChanged() {
    var own = sessions.open(ada, null, null).identity();
    source.goAway();

    assertThatThrownBy(() -> attempt(own, OLD, NEW)).isInstanceOf(LedgerUnavailable.class);

    source.comeBack();
    assertThat(attempt(own, OLD, NEW)).isInstanceOf(Result.Changed.class);
  }

  @Test
  void passwordsAreNeverPrinted() {
    var own = sessions.open(ada, null, null).identity();

    assertThat(new Wish(own, OLD, NEW, "10.0.0.1").toString()).doesNotContain(OLD, NEW);
  }

  private Result attempt(Identity identity, String current, String next) {
    return change.attempt(new Wish(identity, current, next, "10.0.0.1"));
  }
}
