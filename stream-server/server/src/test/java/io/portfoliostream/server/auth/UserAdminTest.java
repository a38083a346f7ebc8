package io.portfoliostream.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.auth.PasswordCheck.Judgement;
import io.portfoliostream.server.auth.UserAdmin.Change;
import io.portfoliostream.server.auth.UserAdmin.Result;
import io.portfoliostream.server.portfolio.UserId;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserAdminTest {
  private static final Set<String> BOTH = Set.of("user", "admin");
  private static final Change DISABLE = new Change(true, null, null, false);
  private static final Change ENABLE = new Change(false, null, null, false);
  private static final Change DEGRADE = new Change(null, Set.of("user"), null, false);

  private final ManualClock clock = ManualClock.atNoon();
  private final TestDatabase database = TestDatabase.fresh();
  private final Jdbi jdbi = Jdbi.create(database.dataSource());
  private final Passwords passwords = Costs.cheapPasswords();
  private final Users users = new Users(jdbi, passwords, clock, new Random(1));
  private final Sessions sessions =
      new Sessions(
          jdbi, clock, new Random(2), new Sessions.Rules(Duration.ofHours(1), Duration.ofHours(8)));
  private final UserAdmin administration = new UserAdmin(jdbi, users, passwords, clock);

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void aGeneratedPasswordIsRightAndLikeNoOther() {
    var first = done(administration.create("Ada", null, BOTH));
    var second = done(administration.create("bob", null, Set.of("user")));

    assertThat(first.account().user().username()).isEqualTo("ada");
    assertThat(first.account().user().roles()).isEqualTo(BOTH);
    assertThat(first.generated()).hasSize(20).isNotEqualTo(second.generated());
    assertThat(isRight("ada", String.valueOf(first.generated()))).isTrue();
    assertThat(first.toString()).doesNotContain(String.valueOf(first.generated()));
  }

  @Test
  void aChosenPasswordIsNotToldAgain() {
    var made = done(administration.create("ada", "long enough", BOTH));

    assertThat(made.generated()).isNull();
    assertThat(isRight("ada", "long enough")).isTrue();
    assertThat(administration.create("ADA", "long enough", BOTH)).isEqualTo(new Result.Taken());
  }

  @Test
  void everyFieldAtFaultIsNamed() {
    var result = administration.create("a b", "short", Set.of("root"));

    assertThat(fields(result)).containsExactly("username", "roles", "password");
    assertThat(fields(administration.create("ada", null, Set.of()))).containsExactly("roles");
    var ada = done(administration.create("ada", null, BOTH)).account().user().id();
    assertThat(fields(administration.change(ada, new Change(null, Set.of("x"), "short", true))))
        .containsExactly("roles", "password", "resetPassword");
  }

  @Test
  void aUserWhoIsDisabledLosesAllSessionsAndCannotSignIn() {
    var ada = user("ada", BOTH);
    user("bob", BOTH);
    var session = sessions.open(ada, null, null).identity().sessionId();

    var changed = done(administration.change(ada.id(), DISABLE));

    assertThat(changed.ended()).containsExactly(session);
    assertThat(changed.account().user().disabled()).isTrue();
    assertThat(isRight("ada", "password of ada")).isFalse();
    assertThat(done(administration.change(ada.id(), ENABLE)).ended()).isEmpty();
    assertThat(isRight("ada", "password of ada")).isTrue();
    assertThat(sessions.stillValid(Set.of(session))).isEmpty();
  }

  @Test
  void anotherPasswordEndsAllSessions() {
    var ada = user("ada", BOTH);
    var session = sessions.open(ada, null, null).identity().sessionId();

    var reset = done(administration.change(ada.id(), new Change(null, null, null, true)));

    assertThat(reset.ended()).containsExactly(session);
    assertThat(isRight("ada", String.valueOf(reset.generated()))).isTrue();
    assertThat(isRight("ada", "password of ada")).isFalse();
    var given = new Change(null, null, "given by hand", false);
    assertThat(done(administration.change(ada.id(), given)).generated()).isNull();
    assertThat(isRight("ada", "given by hand")).isTrue();
  }

  @Test
  void otherRolesEndNothing() {
    var ada = user("ada", BOTH);
    user("bob", BOTH);
    var session = sessions.open(ada, null, null).identity().sessionId();

    var changed = done(administration.change(ada.id(), DEGRADE));

    assertThat(changed.ended()).isEmpty();
    assertThat(changed.account().user().roles()).containsExactly("user");
    assertThat(sessions.stillValid(Set.of(session))).isNotEmpty();
    assertThat(isRight("ada", "password of ada")).isTrue();
  }

  @Test
  void theLastActiveAdministratorStays() {
    var ada = user("ada", BOTH);
    var bob = user("bob", BOTH);
    user("eve", Set.of("user"));
    done(administration.change(bob.id(), DISABLE));

    assertThat(administration.change(ada.id(), DISABLE)).isEqualTo(new Result.LastAdmin());
    assertThat(administration.change(ada.id(), DEGRADE)).isEqualTo(new Result.LastAdmin());
    assertThat(done(administration.change(bob.id(), DEGRADE)).account().user().roles())
        .containsExactly("user");
    assertThat(administration.find(ada.id()).orElseThrow().user()).isEqualTo(ada);
  }

  /// Two administrators who disable each other at the same time do not both succeed.
  @Test
  void twoAdministratorsCannotTakeEachOtherAway() throws Exception {
    var ada = user("ada", BOTH);
    var bob = user("bob", BOTH);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var round = 0; round < 20; round++) {
        var together = new CyclicBarrier(2);
        var results = threads.invokeAll(List.of(disable(ada, together), disable(bob, together)));
        for (var result : results) {
          result.get();
        }

        assertThat(database.count("select count(*) from app_user where not disabled")).isEqualTo(1);
        done(administration.change(ada.id(), ENABLE));
        done(administration.change(bob.id(), ENABLE));
      }
    }
  }

  private Callable<Result> disable(User user, CyclicBarrier together) {
    return () -> {
      together.await();
      return administration.change(user.id(), DISABLE);
    };
  }

  @Test
  void aStrangerIsUnknown() {
    assertThat(administration.change(new UserId("u_nobody"), DISABLE))
        .isEqualTo(new Result.Unknown());
  }

  @Test
  void usersAreListedByNamePageByPage() {
    for (var name : List.of("eve", "ada", "bob")) {
      user(name, BOTH);
    }

    assertThat(names("", 2)).containsExactly("ada", "bob");
    assertThat(names("bob", 2)).containsExactly("eve");
    assertThat(administration.list("", 1).getFirst().createdAt()).isEqualTo(clock.instant());
  }

  private List<String> names(String after, int limit) {
    return administration.list(after, limit).stream()
        .map(account -> account.user().username())
        .toList();
  }

  private User user(String name, Set<String> roles) {
    return done(administration.create(name, "password of " + name, roles)).account().user();
  }

  private boolean isRight(String username, String password) {
    return new PasswordCheck(users, passwords, clock).judge(username, password, "10.0.0.1")
        instanceof Judgement.Right;
  }

  private static Result.Done done(@Nullable Result result) {
    if (result instanceof Result.Done done) {
      return done;
    }
    throw new AssertionError("not done: " + result);
  }

  private static List<String> fields(Result result) {
    if (result instanceof Result.Invalid(var errors)) {
      return errors.stream().map(FieldError::field).toList();
    }
    throw new AssertionError("not invalid: " + result);
  }
}
