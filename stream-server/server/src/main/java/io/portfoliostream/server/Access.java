package io.portfoliostream.server;

import io.portfoliostream.server.auth.Passwords;
import io.portfoliostream.server.auth.Sessions;
import io.portfoliostream.server.auth.SignIn;
import io.portfoliostream.server.auth.Users;
import io.portfoliostream.server.config.AccessConfig;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// Who may sign in: users, their sessions, and the way from the one to the other.
record Access(Users users, Sessions sessions, SignIn signIn) {
  private static final int HASHES_AT_ONCE = 2;
  private static final Duration HASH_PATIENCE = Duration.ofSeconds(5);

  static Access create(DataSource dataSource, AccessConfig config, Platform platform) {
    var jdbi = Jdbi.create(dataSource);
    var passwords = new Passwords(platform.random(), HASHES_AT_ONCE, HASH_PATIENCE);
    var users = new Users(jdbi, passwords, platform.clock(), platform.random());
    var rules = new Sessions.Rules(config.sessionIdle(), config.sessionLife());
    var sessions = new Sessions(jdbi, platform.clock(), platform.random(), rules);
    return new Access(users, sessions, new SignIn(users, passwords, sessions, platform.clock()));
  }
}
