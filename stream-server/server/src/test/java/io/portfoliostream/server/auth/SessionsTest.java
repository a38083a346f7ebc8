package io.portfoliostream.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.ledger.LedgerUnavailable;
import io.portfoliostream.server.testkit.FragileDataSource;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Sessions.Rules RULES =
      new Sessions.Rules(Duration.ofMinutes(30), Duration.ofHours(2));

  private final ManualClock clock = ManualClock.atNoon();
  private final TestDatabase database = TestDatabase.fresh();
  private final FragileDataSource source = new FragileDataSource(database.dataSource());
  private final Jdbi jdbi = Jdbi.create(source);
  private final Sessions sessions = new Sessions(jdbi, clock, new Random(1), RULES);
  private final User ada =
      new Users(jdbi, Costs.cheapPasswords(), clock, new Random(2))
          .ensure("ada", "secret", Set.of("trader"));

  @AfterEach
  void drop() {
    database.close();
  }

  /// REQ-1: the cookie alone identifies the user.
  @Test
  void aSessionIsFoundByItsCookie() {
    var opened = sessions.open(ada, "10.0.0.1", "curl");

    assertThat(sessions.find(opened.cookie())).contains(opened.identity());
    assertThat(opened.identity().user()).isEqualTo(ada.id());
    assertThat(opened.identity().roles()).containsExactly("trader");
  }

  @Test
  void noTwoCookiesAreEqualAndEachHas256Bits() {
    var cookies = new HashSet<String>();
    for (var count = 0; count < 100; count++) {
      cookies.add(sessions.open(ada, null, null).cookie());
    }

    assertThat(cookies).hasSize(100).allMatch(cookie -> cookie.length() == 43);
  }

  @Test
  void theCookieIsStoredNowhere() {
    var opened = sessions.open(ada, null, null);

    var stored =
        jdbi.withHandle(handle ->
            handle.createQuery("select s::text from session s").mapTo(String.class).one());

    assertThat(stored).contains(opened.identity().sessionId()).doesNotContain(opened.cookie());
    assertThat(opened.toString()).doesNotContain(opened.cookie());
  }

  /// REQ-1: an unknown session is none.
  @Test
  void anUnknownCookieFindsNobody() {
    assertThat(sessions.find("A".repeat(43))).isEmpty();
  }

  /// REQ-1: an expired session is none.
  @Test
  void aSessionEndsAfterItsLife() {
    var cookie = sessions.open(ada, null, null).cookie();
    for (var minute = 0; minute < 119; minute++) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(sessions.find(cookie)).isPresent();
    }

    clock.advance(Duration.ofMinutes(1));

    assertThat(sessions.find(cookie)).isEmpty();
  }

  /// REQ-1: an idle session is none.
  @Test
  void aSessionEndsWhenItIsNotUsed() {
    var opened = sessions.open(ada, null, null);
    clock.advance(Duration.ofMinutes(20));
    assertThat(sessions.find(opened.cookie())).isPresent();
    clock.advance(Duration.ofMinutes(20));
    assertThat(sessions.find(opened.cookie())).isPresent();
    assertThat(sessions.stillValid(Set.of(opened.identity().sessionId()))).isNotEmpty();

    clock.advance(Duration.ofMinutes(31));

    assertThat(sessions.find(opened.cookie())).isEmpty();
    assertThat(sessions.stillValid(Set.of(opened.identity().sessionId()))).isEmpty();
  }

  /// REQ-1: a revoked session is none, from the next request on.
  @Test
  void aRevokedSessionIsGoneAtOnce() {
    var opened = sessions.open(ada, null, null);
    assertThat(sessions.find(opened.cookie())).isPresent();

    assertThat(sessions.revoke(opened.identity().sessionId())).isTrue();

    assertThat(sessions.find(opened.cookie())).isEmpty();
    assertThat(sessions.stillValid(Set.of(opened.identity().sessionId()))).isEmpty();
    assertThat(sessions.revoke(opened.identity().sessionId())).isFalse();
  }

  @Test
  void aRevocationByAnotherNodeIsSeenWithinTwoSeconds() {
    var opened = sessions.open(ada, null, null);
    assertThat(sessions.find(opened.cookie())).isPresent();
    var otherNode = new Sessions(jdbi, clock, new Random(3), RULES);
    otherNode.revoke(opened.identity().sessionId());

    assertThat(sessions.find(opened.cookie())).as("remembered").isPresent();
    clock.advance(Duration.ofSeconds(2));
    assertThat(sessions.find(opened.cookie())).isEmpty();
  }

  @Test
  void aRevocationHeardFromAnotherNodeIsSeenAtOnce() {
    var opened = sessions.open(ada, null, null);
    assertThat(sessions.find(opened.cookie())).isPresent();
    new Sessions(jdbi, clock, new Random(3), RULES).revoke(opened.identity().sessionId());

    sessions.forget(opened.identity().sessionId());

    assertThat(sessions.find(opened.cookie())).isEmpty();
  }

  @Test
  void theSessionsOfADisabledUserAreNone() {
    var opened = sessions.open(ada, null, null);
    jdbi.useHandle(handle -> handle.execute("update app_user set disabled = true"));

    assertThat(sessions.find(opened.cookie())).isEmpty();
    assertThat(sessions.stillValid(Set.of(opened.identity().sessionId()))).isEmpty();
  }

  @Test
  void onlyTheValidOnesAreStillValid() {
    var kept = sessions.open(ada, null, null).identity().sessionId();
    var ended = sessions.open(ada, null, null).identity().sessionId();
    sessions.revoke(ended);

    assertThat(sessions.stillValid(Set.of(kept, ended, "unknown"))).containsExactly(kept);
    assertThat(sessions.stillValid(Set.of())).isEmpty();
  }

  @Test
  void whatEndedLongAgoIsForgotten() {
    sessions.open(ada, null, null);
    clock.advance(Duration.ofHours(3));
    var later = sessions.open(ada, null, null);

    assertThat(sessions.forgetOlderThan(Duration.ofHours(2))).isZero();
    assertThat(sessions.forgetOlderThan(Duration.ofMinutes(59))).isEqualTo(1);

    assertThat(sessions.find(later.cookie())).isPresent();
    assertThat(database.count("select count(*) from session")).isEqualTo(1);
  }

  @Test
  void withTheDatabaseAwayNobodyIsTakenForASignedOutUser() {
    var opened = sessions.open(ada, null, null);
    source.goAway();

    assertThatThrownBy(() -> sessions.find(opened.cookie())).isInstanceOf(LedgerUnavailable.class);
    assertThatThrownBy(() -> sessions.stillValid(Set.of("x")))
        .isInstanceOf(LedgerUnavailable.class);
    assertThatThrownBy(() ->
            new Authenticator(sessions)
                .authenticate(
                    new Authenticator.Request(
                        "GET",
                        "/",
                        Map.of("Cookie", List.of("portfolio_session=" + opened.cookie())),
                        false)))
        .isInstanceOf(LedgerUnavailable.class);
  }

  /// REQ-1: identity comes from the cookie alone.
  @Test
  void theProviderKnowsTheIdentityOfACookieAndOfNothingElse() {
    var opened = sessions.open(ada, null, null);
    var authenticator = new Authenticator(sessions);

    assertThat(
            authenticator.authenticate(
                request(Map.of("cookie", List.of("portfolio_session=" + opened.cookie())))))
        .contains(opened.identity());
    assertThat(authenticator.authenticate(request(Map.of()))).isEmpty();
    assertThat(
            authenticator.authenticate(
                request(Map.of("Authorization", List.of("Bearer " + opened.cookie())))))
        .isEmpty();
  }

  private static Authenticator.Request request(Map<String, List<String>> headers) {
    return new Authenticator.Request("GET", "/api/me", headers, false);
  }
}
