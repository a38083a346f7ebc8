package io.portfoliostream.server;

import io.portfoliostream.server.audit.AuditLog;
import io.portfoliostream.server.auth.AccessDatabase;
import io.portfoliostream.server.auth.OwnSessions;
import io.portfoliostream.server.auth.PasswordChange;
import io.portfoliostream.server.auth.PasswordCheck;
import io.portfoliostream.server.auth.Passwords;
import io.portfoliostream.server.auth.Sessions;
import io.portfoliostream.server.auth.SignIn;
import io.portfoliostream.server.auth.UserAdmin;
import io.portfoliostream.server.auth.Users;
import io.portfoliostream.server.config.AccessConfig;
import io.portfoliostream.server.gateway.GatewayParts;
import java.time.Duration;
import javax.sql.DataSource;

/// Who may sign in: users, their sessions, the way from the one to the other, and the log of it.
record Access(Users users, Sessions sessions, GatewayParts.Access edge) {
  private static final int HASHES_AT_ONCE = 2;
  private static final Duration HASH_PATIENCE = Duration.ofSeconds(5);
  private static final Duration SESSIONS_KEPT = Duration.ofDays(7);
  private static final Duration AUDIT_KEPT = Duration.ofDays(365);

  static Access create(DataSource dataSource, AccessConfig config, Platform platform) {
    var jdbi = AccessDatabase.open(dataSource);
    var clock = platform.clock();
    var passwords = new Passwords(platform.random(), HASHES_AT_ONCE, HASH_PATIENCE);
    var users = new Users(jdbi, passwords, clock, platform.random());
    var rules = new Sessions.Rules(config.sessionIdle(), config.sessionLife());
    var sessions = new Sessions(jdbi, clock, platform.random(), rules);
    var check = new PasswordCheck(users, passwords, clock);
    return new Access(
        users,
        sessions,
        new GatewayParts.Access(
            new SignIn(check, sessions),
            sessions,
            new OwnSessions(jdbi, clock, rules),
            new PasswordChange(jdbi, check, passwords, clock),
            users,
            new UserAdmin(jdbi, users, passwords, clock),
            new AuditLog(jdbi, clock)));
  }

  /// Deletes what is too old to be of use.
  void forgetOld() {
    sessions.forgetOlderThan(SESSIONS_KEPT);
    edge.audit().forgetOlderThan(AUDIT_KEPT);
  }
}
