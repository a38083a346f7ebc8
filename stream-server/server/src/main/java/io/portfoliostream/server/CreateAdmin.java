package io.portfoliostream.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portfoliostream.protocol.Problem.FieldError;
import io.portfoliostream.server.audit.AuditAction;
import io.portfoliostream.server.audit.AuditEntry;
import io.portfoliostream.server.auth.UserAdmin;
import io.portfoliostream.server.auth.UserAdmin.Result;
import io.portfoliostream.server.config.DatabaseConfig;
import io.portfoliostream.server.config.ServerConfig;
import io.portfoliostream.server.database.DataFolder;
import io.portfoliostream.server.database.Database;
import io.portfoliostream.server.gateway.GatewayParts;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The command `create-admin NAME`, which makes the first administrator in the configured database:
/// later ones are made by the first.
///
/// The password is typed, or is the first line of the standard input, so that it is in no list of
/// processes; with `--generate-password` one is made and printed once. An embedded database must
/// not be in use by a server.
final class CreateAdmin {
  private static final String COMMAND = "create-admin";
  private static final String GENERATE = "--generate-password";
  private static final Set<String> ROLES = Set.of(UserAdmin.USER, UserAdmin.ADMIN);

  private CreateAdmin() {}

  static boolean isAskedFor(String[] arguments) {
    return arguments.length > 0 && arguments[0].equals(COMMAND);
  }

  /// @throws IllegalArgumentException when the arguments, the name or the password cannot be used
  static void run(String[] arguments, ServerConfig config) throws IOException {
    var wish = Wish.parse(arguments);
    var password = wish.generate() ? null : password();
    try (var platform = Platform.real();
        var _ = folder(config);
        var database = Database.open(StreamServer.databaseSettings(config))) {
      var access = Access.create(database.dataSource(), config.access(), platform);
      System.out.println(create(access.edge(), wish.username(), password));
    }
  }

  /// What is wanted.
  record Wish(String username, boolean generate) {
    static Wish parse(String[] arguments) {
      var rest = List.of(arguments).subList(1, arguments.length);
      var names = rest.stream().filter(word -> !word.equals(GENERATE)).toList();
      if (names.size() != 1 || names.getFirst().startsWith("-")) {
        throw new IllegalArgumentException(
            "usage: %s NAME [%s]; the password is the first line of the standard input"
                .formatted(COMMAND, GENERATE));
      }
      return new Wish(names.getFirst(), names.size() < rest.size());
    }
  }

  /// Makes the administrator, and tells it in a line.
  ///
  /// @param password absent for one that is generated
  static String create(GatewayParts.Access access, String username, @Nullable String password) {
    return switch (access.administration().create(username, password, ROLES)) {
      case Result.Done(var account, var generated, _) -> {
        var user = account.user();
        access
            .audit()
            .record(
                new AuditEntry(
                    AuditAction.USER_CREATED, null, user.id().value(), "by " + COMMAND, null));
        yield "administrator "
            + user.username()
            + " made"
            + (generated == null ? "" : "; the password is " + generated);
      }
      case Result.Invalid(var errors) -> throw new IllegalArgumentException(words(errors));
      case Result.Taken _ ->
          throw new IllegalArgumentException("the user name " + username + " is taken");
      case Result.Unknown _, Result.LastAdmin _ ->
          throw new IllegalStateException("cannot happen to a new user");
    };
  }

  private static String words(List<FieldError> errors) {
    return errors.stream()
        .map(error -> error.field() + " " + error.message())
        .collect(Collectors.joining("; "));
  }

  private static String password() throws IOException {
    var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (console.isPresent()) {
      var typed = console.get().readPassword("Password: ");
      return new String(Objects.requireNonNullElse(typed, new char[0]));
    }
    var line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
    if (line == null) {
      throw new IllegalArgumentException("the password is missing on the standard input");
    }
    return line;
  }

  /// An embedded database is nobody else's meanwhile.
  private static @Nullable DataFolder folder(ServerConfig config) {
    return switch (config.database()) {
      case DatabaseConfig.Embedded _ -> DataFolder.take(config.dataDir());
      case DatabaseConfig.External _ -> null;
    };
  }
}
