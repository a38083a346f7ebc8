package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portfoliostream.protocol.ProblemCode;
import io.portfoliostream.server.audit.AuditLog;
import io.portfoliostream.server.audit.AuditLog.Recorded;
import io.portfoliostream.server.auth.AccessDatabase;
import io.portfoliostream.server.auth.Authenticator;
import io.portfoliostream.server.auth.Costs;
import io.portfoliostream.server.auth.Sessions;
import io.portfoliostream.server.auth.Users;
import io.portfoliostream.server.config.NetworkConfig;
import io.portfoliostream.server.gateway.Listener.Place;
import io.portfoliostream.server.testkit.FragileDataSource;
import io.portfoliostream.server.testkit.LogCapture;
import io.portfoliostream.server.testkit.ManualClock;
import io.portfoliostream.server.testkit.TestDatabase;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What administrators do is noted, whatever it is.
class TrailTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final TestDatabase database = TestDatabase.fresh();
  private final FragileDataSource source = new FragileDataSource(database.dataSource());
  private final Jdbi jdbi = AccessDatabase.open(source);
  private final SecureRandom random = new SecureRandom();
  private final Sessions sessions =
      new Sessions(
          jdbi, clock, random, new Sessions.Rules(Duration.ofHours(1), Duration.ofHours(8)));
  private final Users users = new Users(jdbi, Costs.cheapPasswords(), clock, random);
  private final AuditLog audit = new AuditLog(jdbi, clock);
  private final Trail trail = new Trail(audit);
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final Listener listener = listen();

  private Listener listen() {
    var network = EdgeFixture.network();
    var edge =
        new RestEdge(
            new OriginPolicy(network),
            new Authenticator(sessions),
            new ClientAddresses(network.trustedProxies()),
            new RequestMetrics(new SimpleMeterRegistry(), _ -> {}));
    var resources =
        List.of(
            Resource.at("/api/admin/drain")
                .admin("GET", (_, _) -> Answer.done())
                .admin("POST", (_, _) -> awayAndDone()),
            Resource.at("/api/other").own("POST", (_, _) -> Answer.done()));
    return Listener.open(
        new Place("127.0.0.1", 0, NetworkConfig.PORT_KEY, null),
        edge.routing(resources.stream().map(trail::watched).toList()),
        Map.of());
  }

  private Answer awayAndDone() {
    if (leaving.get()) {
      source.goAway();
    }
    return Answer.problem(ProblemCode.CONFLICT, "drained already");
  }

  @AfterEach
  void stop() {
    listener.close();
    database.close();
  }

  @Test
  void aChangeByAnAdministratorIsNotedWithItsOutcome() throws Exception {
    assertThat(ask("POST", "/api/admin/drain", "root", "admin")).isEqualTo(409);

    assertThat(entries())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo("admin_action");
          assertThat(entry.actorName()).isEqualTo("root");
          assertThat(entry.subject()).isEqualTo("POST /api/admin/drain");
          assertThat(entry.detail()).isEqualTo("status 409");
          assertThat(entry.address()).isEqualTo("127.0.0.1");
          assertThat(entry.at()).isEqualTo(clock.instant());
        });
  }

  @Test
  void readsAndWhatOthersDoAreNot() throws Exception {
    assertThat(ask("GET", "/api/admin/drain", "root", "admin")).isEqualTo(204);
    assertThat(ask("HEAD", "/api/admin/drain", "root", "admin")).isEqualTo(204);
    assertThat(ask("POST", "/api/other", "root", "admin")).isEqualTo(204);

    assertThat(entries()).isEmpty();
  }

  @Test
  void whatWasTriedWithoutTheRoleIsNoted() throws Exception {
    assertThat(ask("POST", "/api/admin/drain", "eve", "user")).isEqualTo(403);

    assertThat(entries()).extracting(Recorded::detail).containsExactly("status 403");
  }

  /// What is done is done: the caller is told so, and the logger has what the table lacks.
  @Test
  void aDatabaseThatIsAwayFailsNothingThatWasDone() throws Exception {
    leaving.set(true);
    try (var log = new LogCapture()) {
      assertThat(ask("POST", "/api/admin/drain", "root", "admin")).isEqualTo(409);

      assertThat(log.text())
          .contains(
              "io.portfoliostream.audit: admin_action by root",
              "on POST /api/admin/drain from 127.0.0.1: status 409",
              "the last entry is missing in the table");
    }
    source.comeBack();
    assertThat(entries()).isEmpty();
  }

  private List<Recorded> entries() {
    return audit.read(Long.MAX_VALUE, 10);
  }

  private int ask(String method, String path, String username, String role) throws IOException {
    var session = sessions.open(users.ensure(username, "secret", Set.of(role)), null, null);
    try (var client = new RawSocket(listener.port())) {
      return client
          .ask(
              RawSocket.request(
                  method + " " + path + " HTTP/1.1",
                  "Host: localhost",
                  EdgeFixture.cookie(session)))
          .status();
    }
  }
}
