package io.portfoliostream.server;

import io.portfoliostream.alpaca.AlpacaCredentials;
import io.portfoliostream.alpaca.AlpacaCredentials.ApiKey;
import io.portfoliostream.server.auth.User;
import io.portfoliostream.server.auth.Users;
import io.portfoliostream.server.broker.LinkedAccounts;
import io.portfoliostream.server.broker.LinkedAccounts.LinkedAccount;
import io.portfoliostream.server.config.AccessConfig;
import io.portfoliostream.server.config.BrokerConfig;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// The users that exist without being entered: the demo users, whose passwords equal their names
/// and whose keys open nothing but simulated accounts, and the first user of a real broker.
final class DemoUsers {
  private static final List<String> NAMES = List.of("demo", "demo2", "admin");

  private final Users users;
  private final LinkedAccounts accounts;

  DemoUsers(Users users, LinkedAccounts accounts) {
    this.users = users;
    this.accounts = accounts;
  }

  /// The simulator's key of a demo account, from 1.
  static AlpacaCredentials credentials(int number) {
    return new ApiKey(
        "PKDEMO%014d".formatted(number),
        "demo-secret-demo-secret-demo-secret-%04d".formatted(number));
  }

  /// Makes sure that the configured users exist and have their accounts.
  void ensure(AccessConfig access, BrokerConfig broker) {
    var environment = broker.environment().name().toLowerCase(Locale.ROOT);
    if (access.demo()) {
      for (var index = 0; index < NAMES.size(); index++) {
        var name = NAMES.get(index);
        var roles = name.equals("admin") ? Set.of("user", "admin") : Set.of("user");
        link(users.ensure(name, name, roles), environment, credentials(index + 1));
      }
      ensureLoadUsers(access.loadUsers(), environment);
    }
    var first = access.bootstrap();
    var key = broker.key();
    if (first != null) {
      var user = users.ensure(first.username(), first.password().value(), Set.of("user", "admin"));
      if (key != null) {
        var credentials = new ApiKey(key.id(), key.secret().value());
        accounts.link(LinkedAccount.of(user.id(), environment, credentials));
      }
    }
  }

  private void ensureLoadUsers(int count, String environment) {
    var names = IntStream.rangeClosed(1, count).mapToObj("load%04d"::formatted).toList();
    var number = 0;
    for (var user : users.ensureAll(names, "load", Set.of("user"))) {
      number++;
      link(
          user,
          environment,
          new ApiKey(
              "PKLOAD%014d".formatted(number),
              "load-secret-load-secret-load-%04d".formatted(number)));
    }
  }

  private void link(User user, String environment, AlpacaCredentials credentials) {
    accounts.linkFirst(LinkedAccount.of(user.id(), environment, credentials));
  }
}
